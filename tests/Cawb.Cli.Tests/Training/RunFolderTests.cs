using System.Globalization;
using Cawb.Detection.Data;
using Cawb.Detection.Images;
using Cawb.Training.Audit;
using Cawb.Training.Loop;
using Cawb.Training.Options;
using Cawb.Training.Pictures;
using Cawb.Training.Ranks;
using Cawb.Training.Runs;

namespace Cawb.Cli.Tests.Training;

/// <summary>What a run leaves to be looked at.</summary>
public sealed class RunFolderTests(UndisturbedRun undisturbed) : IDisposable
{
    private static readonly string[] Numbers = ["results.csv", "report.html", "report.md"];
    private static readonly string[] OfTraining = ["labels.png", "train_batch0.jpg", "train_batch1.jpg", "train_batch2.jpg"];

    private static readonly string[] OfValidation =
        ["results.png", "confusion_matrix.png", "PR_curve.png", "F1_curve.png", "P_curve.png", "R_curve.png", "val_batch0_labels.jpg", "val_batch0_pred.jpg", "val_batch1_labels.jpg", "val_batch1_pred.jpg"];

    private readonly SmallTraining training = new();

    private string Run => training.Run("run");

    public void Dispose() => training.Dispose();

    [Fact]
    public void A_run_with_pictures_that_is_interrupted_and_resumed_has_them_at_every_stop_and_ends_with_the_bits_of_one_without()
    {
        // In the first batch of the first epoch, then in that of the second.
        Assert.False(Execute(Start, stopAfter: 1));
        AssertPictures(["labels.png", "train_batch0.jpg"], without: OfValidation);
        Assert.False(Execute(Resume, stopAfter: 3));
        AssertPictures([.. OfTraining, .. OfValidation], without: []);
        Assert.Equal(1, Rows("results.csv"));
        Assert.Contains("1 of 2 epochs", File.ReadAllText(Path.Combine(Run, "report.html")), StringComparison.Ordinal);

        Assert.True(Execute(Resume, stopAfter: int.MaxValue));
        AssertPictures([.. OfTraining, .. OfValidation], without: []);
        Assert.All(Numbers, file => Assert.True(File.Exists(Path.Combine(Run, file)), file));
        Assert.Equal(2, Rows("results.csv"));
        Assert.Contains("2 of 2 epochs", File.ReadAllText(Path.Combine(Run, "report.html")), StringComparison.Ordinal);
        SmallTraining.AssertEqualRuns(undisturbed.Path, Run);
        AssertEvents();
    }

    [Fact]
    public void Without_pictures_there_are_the_numbers_and_the_reports()
    {
        Assert.All(Numbers, file => Assert.True(File.Exists(Path.Combine(undisturbed.Path, file)), file));
        Assert.DoesNotContain(Directory.EnumerateFiles(undisturbed.Path), file => Path.GetExtension(file) is ".png" or ".jpg" or ".svg");
    }

    [Fact]
    public void The_rates_of_a_finished_run_are_as_planned_by_its_results_and_by_its_events()
    {
        string[] planned = ["--schedule", "cawb", "--steps", "1", "--warmup-epoch", "0.5", "--epochs", "2", "--batches", "3", "--base-lrs", "0.02", "--counts", "epochs", "--row-is", "last"];
        foreach (var log in new[] { Path.Combine(undisturbed.Path, "results.csv"), undisturbed.Path })
        {
            var audit = CommandRun.OfProgram(["audit", log, .. planned]);
            Assert.Equal((ExitCode.Done, "6 values of x/lr0, x/lr1, x/lr2: as planned by cawb.\n"), (audit.ExitCode, audit.Output));
        }
    }

    // Every scalar once for every epoch, with the number that results.csv has.
    private void AssertEvents()
    {
        Assert.Single(Directory.EnumerateFiles(Run, "events.out.tfevents.*"));
        var rows = File.ReadAllLines(Path.Combine(Run, "results.csv")).Select(line => line.Split(',')).ToArray();
        string[] names = [.. YoloResults.Columns.Select(column => column.Name)];
        Assert.Equal(names, rows[0][1..]);
        foreach (var (scalar, column) in TensorBoardRates.Read(Run, names).Columns.Select((scalar, i) => (scalar, i + 1)))
        {
            Assert.Equal(rows[1..].Select(row => (double.Parse(row[0], CultureInfo.InvariantCulture), (double)(float)double.Parse(row[column], CultureInfo.InvariantCulture))), scalar.Rows);
        }
    }

    private void AssertPictures(string[] there, string[] without)
    {
        Assert.All(there, name => Assert.True(ImageFile.Read(Path.Combine(Run, name)).Width >= 256, name));
        Assert.All(without, name => Assert.False(File.Exists(Path.Combine(Run, name)), name));
    }

    private int Rows(string name) => File.ReadAllLines(Path.Combine(Run, name)).Length - 1;

    private static bool Execute(Func<TrainingRun> open, int stopAfter)
    {
        using var stop = new CancellationTokenSource();
        using var run = open();
        return run.Execute(new StoppingView(stopAfter, stop), TimeProvider.System, stop.Token);
    }

    private TrainingRun Start()
    {
        var record = RunRecord.Read(undisturbed.Path).Definition;
        var options = TrainOptions.FromJson(record.OptionsJson, undisturbed.Path) with { NoPlots = false };
        return TrainingRun.Start(Run, options, ScheduleText.Parse(record.ScheduleJson), DetectionData.Open(options.Data, CancellationToken.None), OneRank.Only);
    }

    private TrainingRun Resume() => TrainingRun.Resume(Run, OneRank.Only, CancellationToken.None);

    /// <summary>Asks for the end after some batches.</summary>
    private sealed class StoppingView(int after, CancellationTokenSource stop) : ITrainingView
    {
        private int batches;

        public void Start(TrainingRun run, int epoch, int batch)
        {
        }

        public void Batch(BatchOutcome outcome)
        {
            if (++batches == after)
            {
                stop.Cancel();
            }
        }

        public void Epoch(EpochOutcome outcome, TimeSpan elapsed)
        {
        }
    }
}
