namespace Cawb.Reports.Drawings;

/// <summary>One bar.</summary>
/// <param name="Name">Beside it.</param>
/// <param name="Value">Its length, 0 or more; NaN for a row that only says something.</param>
public sealed record BarRow(string Name, double Value);
