using Cawb.Training.Comparison.Jobs;
using Cawb.Training.Runs;

namespace Cawb.Training.Comparison;

/// <summary>Where one run of a comparison stands.</summary>
/// <param name="Run">Of the plan.</param>
/// <param name="State">Of its directory; <see cref="RunStage.Failed"/> with the reason where it failed when it was last tried.</param>
public sealed record ComparedState(ExperimentRun Run, RunState State)
{
    /// <summary>In the folder of a comparison: a text file for each run that failed when it was last tried.</summary>
    public const string FailuresFolder = RunFailures.FolderName;

    /// <summary>Holds what a run's directory says against what its comparison noted when it failed.</summary>
    /// <param name="run">Of the plan.</param>
    /// <param name="state">Of its directory.</param>
    /// <param name="folder">Of the comparison.</param>
    public static ComparedState Of(ExperimentRun run, RunState state, string folder)
    {
        ArgumentNullException.ThrowIfNull(state);
        var failure = state.Stage is RunStage.Waiting or RunStage.Interrupted ? new RunFailures(folder).Of(run) : "";
        return new ComparedState(run, failure.Length > 0 ? state with { Stage = RunStage.Failed, Problem = failure } : state);
    }
}
