using Cawb.Reports.Files;
using Cawb.Training.Comparison.Jobs;
using Cawb.Training.Comparison.Plans;
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

    private Dictionary<string, string> Versions => new() { ["cawb"] = "0.1.0", ["Libtorch"] = LibraryVersion };

    public ExperimentSetup Prepare(ComparisonPlan plan, IReadOnlyList<ComparisonArm> arms) => new(
        DatasetSha256,
        Versions,
        "a machine of two cores",
        arms.ToDictionary(a => a.Name, a => new LearningRateCurve(a.Name, a.Schedule, TrainingPlan.FromEpochs(plan.Epochs, 94), 0.01)));

    public void CheckBegun(ExperimentRun run)
    {
    }

    public bool IsTrained(ExperimentRun run) => TrainingRun.IsTrained(run.Directory);

    public bool HasExtras(ExperimentRun run) => run.Arm.Name.Contains("CAWB", StringComparison.Ordinal);

    public Task<RunCost> MeasureAsync(ExperimentRun run, CancellationToken cancellation) => Task.FromResult(new RunCost(TimeSpan.FromMinutes(4), 5e12));

    public async Task RunAsync(ExperimentRun run, IProgress<ProgressSnapshot> progress, Action<IReadOnlyList<ExtraResult>> keep, CancellationToken cancellation)
    {
        using var directory = Failing.Contains(run.Title) ? null : Open(run);
        if (RunState.HasResult(run.Directory))
        {
            return;
        }
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
            if (directory is null)
            {
                throw new FileException(run.Directory, "the loss is no number any more.");
            }
            progress.Report(new ProgressSnapshot(1, run.Epochs, 0, 94, 0, 0.01, [], TimeSpan.Zero, TimeSpan.Zero, 0));
            directory.RewindToStart();
            for (var epoch = 1; epoch <= run.Epochs; epoch++)
            {
                var precision = (0.4 + Offset(run)) * (1 - Math.Exp(-epoch / 5.0));
                directory.Metrics.Append([epoch, precision, Math.Min(1, 1.8 * precision)], [11, 2]);
            }
            directory.WriteFile("last.safetensors", stream => stream.WriteByte(1));
            keep(HasExtras(run) ? [new ExtraResult("snapshot ensemble", 0.42 + Offset(run), 0.79)] : []);
        }
        finally
        {
            lock (Trained)
            {
                _running--;
            }
        }
    }

    public RunDirectory Open(ExperimentRun run)
    {
        try
        {
            return RunDirectory.Create(run.Directory, Definition(run), Columns);
        }
        catch (FileException) when (RunState.IsRun(run.Directory))
        {
            return RunDirectory.Open(run.Directory);
        }
    }

    private RunDefinition Definition(ExperimentRun run) =>
        new("compare", run.Seed, run.TrainOptions.ToJson(), run.Arm.Schedule.CanonicalText, run.Data, DatasetSha256, Versions, DateTimeOffset.UnixEpoch);

    private static double Offset(ExperimentRun run) => 0.004 * Math.Sin(run.Seed * 7.3) + 0.003 * Math.Cos(run.Seed * 3.1 + run.Arm.Name.Length) + (run.Arm.Name.Contains("CAWB", StringComparison.Ordinal) ? 0.008 : 0);
}
