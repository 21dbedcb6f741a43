using Cawb.Reports.Files;
using Cawb.Training.Progress;

namespace Cawb.Training.Comparison;

/// <summary>Trains what a comparison compares. The comparison knows no tensors; whoever has them implements this.</summary>
public interface IExperimentJob
{
    /// <summary>Checks data, options and schedules of all arms, before anything is spent.</summary>
    /// <param name="plan">What is to be compared.</param>
    /// <exception cref="FileException">Something would fail later; the message says what and what to do.</exception>
    ExperimentSetup Prepare(ComparisonPlan plan);

    /// <summary>Holds a run that was begun and not finished in an earlier session against the plan, before anything is spent.</summary>
    /// <param name="run">Its directory exists.</param>
    /// <exception cref="FileException">The directory holds no run, or one that was begun with another schedule, other options or other data.</exception>
    void CheckBegun(ExperimentRun run);

    /// <summary>Trains a few batches and validates once, without a trace, and says how long the whole run will take at that pace.</summary>
    /// <param name="run">Any run of the plan.</param>
    /// <param name="cancellation">Ends the measurement.</param>
    Task<TimeSpan> MeasureAsync(ExperimentRun run, CancellationToken cancellation);

    /// <summary>
    /// Trains one run to its end in its directory: makes the directory, or goes on from its last checkpoint where it exists. Called for up to as many runs at once as
    /// the user asked for. A directory whose definition is not that of <paramref name="run"/> is refused: its numbers would be those of another plan.
    /// </summary>
    /// <param name="run">What to train.</param>
    /// <param name="progress">Is told how far it is.</param>
    /// <param name="cancellation">Ends the training after the batch, with a checkpoint, by <see cref="OperationCanceledException"/>.</param>
    /// <returns>Results beside the metrics; empty where there are none.</returns>
    Task<IReadOnlyList<ExtraResult>> RunAsync(ExperimentRun run, IProgress<ProgressSnapshot> progress, CancellationToken cancellation);
}
