using Cawb.Reports.Files;
using Cawb.Training.Comparison.Plans;
using Cawb.Training.Progress;
using Cawb.Training.Runs;

namespace Cawb.Training.Comparison.Jobs;

/// <summary>Trains what a comparison compares. The comparison knows no tensors; whoever has them implements this.</summary>
public interface IExperimentJob
{
    /// <summary>Checks data, and options and schedules of arms, before anything is spent.</summary>
    /// <param name="plan">What is to be compared.</param>
    /// <param name="arms">Those that are needed: their curves are in the setup.</param>
    /// <exception cref="FileException">Something would fail later; the message says what and what to do.</exception>
    ExperimentSetup Prepare(ComparisonPlan plan, IReadOnlyList<ComparisonArm> arms);

    /// <summary>Holds a run that was begun and not finished in an earlier session against the plan, before anything is spent.</summary>
    /// <param name="run">Its directory exists.</param>
    /// <exception cref="FileException">The directory holds no run, or one that was begun with another schedule, other options or other data.</exception>
    void CheckBegun(ExperimentRun run);

    /// <summary>Whether a run's training is at its end, so that at most its extra results are missing.</summary>
    /// <param name="run">Of the plan.</param>
    bool IsTrained(ExperimentRun run);

    /// <summary>Whether a run has results beside its metrics, which are computed after its training.</summary>
    /// <param name="run">Of the plan.</param>
    bool HasExtras(ExperimentRun run);

    /// <summary>Trains a few batches and validates once, without a trace, and says what the whole run will take at that pace.</summary>
    /// <param name="run">Any run of the plan.</param>
    /// <param name="cancellation">Ends the measurement.</param>
    Task<RunCost> MeasureAsync(ExperimentRun run, CancellationToken cancellation);

    /// <summary>
    /// Trains one run to its end in its directory: makes the directory, or goes on from its last checkpoint where it exists. Called for up to as many runs at once as
    /// the user asked for. A directory whose definition is not that of <paramref name="run"/> is refused: its numbers would be those of another plan.
    /// </summary>
    /// <param name="run">What to train.</param>
    /// <param name="progress">Is told how far it is.</param>
    /// <param name="keep">Gets the results beside the metrics, which may be none, while the run still belongs to this process alone.</param>
    /// <param name="cancellation">Ends the training after the batch, with a checkpoint, by <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="RunInUseException">Another process has it; nothing was changed. Where that one finished it in the meantime, nothing is done.</exception>
    Task RunAsync(ExperimentRun run, IProgress<ProgressSnapshot> progress, Action<IReadOnlyList<ExtraResult>> keep, CancellationToken cancellation);
}
