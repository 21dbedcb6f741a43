namespace Cawb.Training.Audit;

/// <summary>One column of values.</summary>
/// <param name="Name">The column or tag.</param>
/// <param name="Rows">Where, in the file's own count, and the value; in the file's order.</param>
public sealed record AppliedColumn(string Name, IReadOnlyList<(double At, double Value)> Rows);
