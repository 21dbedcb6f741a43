using Cawb.Training.Runs;

namespace Cawb.Training.Comparison;

/// <summary>Where one run of a comparison stands.</summary>
/// <param name="Run">Of the plan.</param>
/// <param name="State">Of its directory; <see cref="RunStage.Failed"/> with the reason where it failed when it was last tried.</param>
public sealed record ComparedState(ExperimentRun Run, RunState State);
