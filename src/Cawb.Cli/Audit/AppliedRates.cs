namespace Cawb.Cli.Audit;

/// <summary>Values that a run trained with, as a file has them.</summary>
/// <param name="Name">The column or tag.</param>
/// <param name="Rows">Where, in the file's own count, and the value; in the file's order.</param>
internal sealed record AppliedRates(string Name, IReadOnlyList<(double At, double Value)> Rows);
