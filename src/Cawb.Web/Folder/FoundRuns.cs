namespace Cawb.Web.Folder;

/// <summary>Everything in the folder of runs at one moment.</summary>
/// <param name="Version">Of the content: another number, and something has changed.</param>
/// <param name="Time">When somebody looked.</param>
/// <param name="Runs">In the order of their paths; those of comparisons in the order of arms, then seeds.</param>
/// <param name="Comparisons">In the order of their paths.</param>
/// <param name="Problem">Why the folder cannot be looked into; empty where it can.</param>
/// <param name="IsMissing">Whether there is no such folder yet.</param>
public sealed record FoundRuns(long Version, DateTimeOffset Time, IReadOnlyList<FolderRun> Runs, IReadOnlyList<FolderComparison> Comparisons, string Problem, bool IsMissing)
{
    /// <summary>The run of that name; null where there is none.</summary>
    /// <param name="name">Path below the folder, with slashes.</param>
    public FolderRun? Run(string name) => Runs.FirstOrDefault(run => run.Name == name);

    /// <summary>The comparison of that name; null where there is none.</summary>
    /// <param name="name">Path below the folder, with slashes.</param>
    public FolderComparison? Comparison(string name) => Comparisons.FirstOrDefault(comparison => comparison.Name == name);
}
