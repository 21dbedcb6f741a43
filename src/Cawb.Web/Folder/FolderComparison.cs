using Cawb.Training.Comparison.Plans;


namespace Cawb.Web.Folder;

/// <summary>A comparison as it was when somebody last looked.</summary>
/// <param name="Name">Path below the folder, with slashes; empty where the folder itself is the comparison.</param>
/// <param name="Directory">Whole path.</param>
/// <param name="Plan">What is compared; null where it cannot be read.</param>
/// <param name="Runs">All runs of the plan, in the order of arms, then seeds.</param>
/// <param name="Problem">Why the plan cannot be read; empty where it can.</param>
/// <param name="SlurmChanged">When Slurm's folder last changed, in ticks; 0 where there is none.</param>
public sealed record FolderComparison(string Name, string Directory, ComparisonPlan? Plan, IReadOnlyList<FolderRun> Runs, string Problem, long SlurmChanged)
{
    /// <summary>As it stands alone.</summary>
    public string Title => Name.Length > 0 ? Name : Path.GetFileName(Directory);

    /// <summary>Whether its runs were handed to Slurm.</summary>
    public bool HasSlurm => SlurmChanged > 0;

    /// <summary>The same object: comparisons are compared by the look that found them.</summary>
    /// <param name="other">Another comparison.</param>
    public bool Equals(FolderComparison? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}
