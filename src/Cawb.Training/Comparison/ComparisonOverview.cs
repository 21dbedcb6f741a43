using Cawb.Reports.Files;
using Cawb.Training.Comparison.Plans;
using Cawb.Training.Runs;
using Cawb.Training.Slurm;

namespace Cawb.Training.Comparison;

/// <summary>Where the runs of a comparison stand, as its folder alone tells: no data set is opened and nothing is disturbed.</summary>
/// <param name="Plan">What is compared.</param>
/// <param name="Runs">All runs of the plan, in the order of arms, then seeds.</param>
public sealed record ComparisonOverview(ComparisonPlan Plan, IReadOnlyList<ComparedState> Runs)
{
    /// <summary>Whether a folder holds a comparison.</summary>
    /// <param name="folder">Need not exist.</param>
    /// <remarks>A plan alone is none: it may lie beside what was made from it.</remarks>
    public static bool IsComparison(string folder) => File.Exists(Path.Combine(folder, ComparisonFolder.PlanFile))
        && (File.Exists(Path.Combine(folder, ComparisonState.FileName)) || Directory.Exists(Path.Combine(folder, SlurmJob.FolderName)));

    /// <summary>In the folder of a comparison: what is compared.</summary>
    public const string PlanFile = ComparisonFolder.PlanFile;

    /// <summary>Looks at a comparison by the plan that its folder keeps.</summary>
    /// <param name="folder">Of the comparison.</param>
    /// <exception cref="FileException">The plan cannot be read.</exception>
    public static ComparisonOverview Read(string folder) => Of(ComparisonPlan.Read(Path.Combine(folder, ComparisonFolder.PlanFile)), folder);

    /// <summary>Looks at the runs of a plan.</summary>
    /// <param name="plan">What is compared.</param>
    /// <param name="folder">Of the comparison; need not exist.</param>
    public static ComparisonOverview Of(ComparisonPlan plan, string folder)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var runs = ComparisonRuns.Of(plan, folder);
        return new ComparisonOverview(plan, [.. plan.Arms.SelectMany(arm => runs.Where(r => r.Arm == arm)).Select(run => ComparedState.Of(run, RunState.Of(run.Directory), folder))]);
    }
}
