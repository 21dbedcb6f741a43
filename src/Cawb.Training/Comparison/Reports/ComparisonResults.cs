using Cawb.Training.Comparison.Jobs;
using Cawb.Training.Comparison.Plans;

namespace Cawb.Training.Comparison.Reports;

/// <summary>What a comparison has found so far.</summary>
/// <param name="Plan">What was asked.</param>
/// <param name="Setup">Data, versions and machine.</param>
/// <param name="Runs">The finished ones, in the order of arms, then seeds.</param>
/// <param name="Failures">Title of each run that failed in this session, and why.</param>
public sealed record ComparisonResults(
    ComparisonPlan Plan,
    ExperimentSetup Setup,
    IReadOnlyList<FinishedRun> Runs,
    IReadOnlyList<KeyValuePair<string, string>> Failures)
{
    /// <summary>Whether every arm has every seed.</summary>
    public bool IsComplete => Runs.Count == Plan.Arms.Count * Plan.Seeds.Count;

    /// <summary>The finished runs of an arm, in the order of the seeds.</summary>
    /// <param name="armName">Of the plan.</param>
    public IReadOnlyList<FinishedRun> Of(string armName) => [.. Runs.Where(r => r.ArmName == armName)];

    /// <summary>Runs of two arms with one seed each, in the order of the seeds; seeds that only one of them has are left out.</summary>
    /// <param name="armName">Of the plan.</param>
    /// <param name="otherName">Of the plan.</param>
    public IReadOnlyList<(FinishedRun Arm, FinishedRun Other)> Pairs(string armName, string otherName) =>
        [.. Of(armName).Join(Of(otherName), r => r.Seed, r => r.Seed, (arm, other) => (arm, other))];
}
