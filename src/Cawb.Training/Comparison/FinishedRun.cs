using Cawb.Training.Runs;

namespace Cawb.Training.Comparison;

/// <summary>A run of a comparison that is done.</summary>
/// <param name="ArmName">Its arm.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Definition">What it was made with: every option, versions, data.</param>
/// <param name="Metrics">One row per epoch.</param>
/// <param name="Summary">In one line.</param>
/// <param name="Extras">Results beside the model of the last epoch.</param>
public sealed record FinishedRun(string ArmName, int Seed, RunDefinition Definition, MetricsTable Metrics, RunSummary Summary, IReadOnlyList<ExtraResult> Extras)
{
    /// <summary>Whether its numbers were taken over without its weights: it may be of another version of the program than runs with weights.</summary>
    public bool IsNumbersOnly { get; init; }
}
