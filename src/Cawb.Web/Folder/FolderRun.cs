using System.Globalization;
using Cawb.Training.Runs;

namespace Cawb.Web.Folder;

/// <summary>A run as it was when somebody last looked. Another look that finds it changed makes another object; one that does not leaves this one.</summary>
/// <param name="Name">Path below the folder, with slashes; empty where the folder itself is the run.</param>
/// <param name="Directory">Whole path.</param>
/// <param name="Comparison">Name of the comparison that it belongs to; null for none.</param>
/// <param name="Arm">Of the comparison; empty without one.</param>
/// <param name="Seed">Of the comparison; null without one.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Curve">The schedule's factor at even steps over the run; empty where it is not known.</param>
public sealed record FolderRun(string Name, string Directory, string? Comparison, string Arm, int? Seed, RunState State, IReadOnlyList<double> Curve)
{
    /// <summary>As it stands in a table of its own comparison, or of all runs.</summary>
    public string Title => Seed is { } seed ? string.Create(CultureInfo.InvariantCulture, $"{Arm}, seed {seed}") : LongTitle;

    /// <summary>As it stands alone.</summary>
    public string LongTitle => Name.Length > 0 ? Name : Path.GetFileName(Directory);

    /// <summary>The same object: runs are compared by the look that found them.</summary>
    /// <param name="other">Another run.</param>
    public bool Equals(FolderRun? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}
