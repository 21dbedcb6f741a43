using Cawb.Experiments.Runs;

namespace Cawb.Experiments.Comparison;

/// <summary>A run of a comparison that is done.</summary>
/// <param name="ArmName">Its arm.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Metrics">One row per epoch.</param>
/// <param name="Summary">In one line.</param>
/// <param name="Extras">Results beside the model of the last epoch.</param>
public sealed record FinishedRun(string ArmName, int Seed, MetricsTable Metrics, RunSummary Summary, IReadOnlyList<ExtraResult> Extras);
