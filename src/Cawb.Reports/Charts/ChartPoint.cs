namespace Cawb.Reports.Charts;

/// <summary>A place on a canvas, y downwards.</summary>
internal readonly record struct ChartPoint(double X, double Y);
