namespace Cawb.Reports.Charts;

/// <summary>A text and the place of its baseline.</summary>
internal readonly record struct PlacedText(double X, double Y, string Text);
