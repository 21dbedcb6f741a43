using Cawb.Reports.Files;
using Cawb.Training.Comparison;
using Cawb.Training.Progress;
using Cawb.Training.Runs;

namespace Cawb.Training.Tests.Comparison;

/// <summary>Trains nothing: AP is a function of arm, seed and epoch.</summary>
internal sealed class ImaginaryJob : IExperimentJob
{
    public static readonly MetricsColumns Columns = new(["epoch", "ap", "ap50"], ["train_seconds", "validation_seconds"]);

    public List<string> Trained { get; } = [];

    /// <summary>Titles of runs that fail.</summary>
    public HashSet<string> Failing { get; } = [];

    /// <summary>Title of the run during which the user interrupts.</summary>
    public string InterruptedIn { get; set; } = "";

    public CancellationTokenSource Interruption { get; } = new();

    public string DatasetSha256 { get; set; } = new('a', 64);

    public string LibraryVersion { get; set; } = "1.13.1";

    public int MostAtOnce { get; private set; }

    private int _running;

    public ExperimentSetup Prepare(ComparisonPlan plan) => new(
        DatasetSha256,
        new Dictionary<string, string> { ["cawb"] = "0.1.0", ["Libtorch"] = LibraryVersion },
        "a machine of two cores",
        plan.Arms.ToDictionary(a => a.Name, a => new LearningRateCurve(a.Name, a.Schedule, TrainingPlan.FromEpochs(plan.Epochs, 94), 0.01)));

    public void CheckBegun(ExperimentRun run)
    {
    }

    public Task<TimeSpan> MeasureAsync(ExperimentRun run, CancellationToken cancellation) => Task.FromResult(TimeSpan.FromMinutes(4));

    public async Task<IReadOnlyList<ExtraResult>> RunAsync(ExperimentRun run, IProgress<ProgressSnapshot> progress, CancellationToken cancellation)
    {
        lock (Trained)
        {
            Trained.Add(run.Title);
            MostAtOnce = Math.Max(MostAtOnce, ++_running);
        }
        await Task.Yield();
        try
        {
            if (run.Title == InterruptedIn)
            {
                await Interruption.CancelAsync();
            }
            cancellation.ThrowIfCancellationRequested();
            if (Failing.Contains(run.Title))
            {
                throw new FileException(run.Directory, "the loss is no number any more.");
            }
            using var directory = RunDirectory.Create(run.Directory, Definition(run), Columns);
            for (var epoch = 1; epoch <= run.Epochs; epoch++)
            {
                var precision = (0.4 + Offset(run)) * (1 - Math.Exp(-epoch / 5.0));
                directory.Metrics.Append([epoch, precision, Math.Min(1, 1.8 * precision)], [11, 2]);
            }
            return run.Arm.Name.Contains("CAWB", StringComparison.Ordinal) ? [new ExtraResult("snapshot ensemble", 0.42 + Offset(run), 0.79)] : [];
        }
        finally
        {
            lock (Trained)
            {
                _running--;
            }
        }
    }

    private RunDefinition Definition(ExperimentRun run) =>
        new("compare", run.Seed, run.TrainOptions.ToJson(), run.Arm.Schedule.CanonicalText, run.Data, DatasetSha256, [], DateTimeOffset.UnixEpoch);

    private static double Offset(ExperimentRun run) => 0.004 * Math.Sin(run.Seed * 7.3) + 0.003 * Math.Cos(run.Seed * 3.1 + run.Arm.Name.Length) + (run.Arm.Name.Contains("CAWB", StringComparison.Ordinal) ? 0.008 : 0);
}
