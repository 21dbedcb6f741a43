namespace Cawb.Reports.Charts;

/// <summary>A vertical line at an event, with its name above the plot: a boot, the end of a warm-up.</summary>
public sealed record ChartMarker
{
    private ChartMarker(double x, string label, string seriesName)
    {
        if (!double.IsFinite(x))
        {
            throw new ArgumentOutOfRangeException(nameof(x), $"Marker '{label}' is at {x:R}; it must be at a finite number.");
        }
        X = x;
        Label = ChartText.Checked(label, nameof(label), mayBeEmpty: true);
        SeriesName = seriesName;
    }

    /// <summary>Where, in units of the x axis.</summary>
    public double X { get; }

    /// <summary>Shown above the line where there is room; may be empty.</summary>
    public string Label { get; }

    /// <summary>The series whose colour the line takes; empty when it belongs to all.</summary>
    public string SeriesName { get; }

    /// <summary>An event that concerns the whole chart.</summary>
    /// <param name="x">Finite.</param>
    /// <param name="label">May be empty.</param>
    public static ChartMarker At(double x, string label) => new(x, label, "");

    /// <summary>An event of one series, in its colour.</summary>
    /// <param name="seriesName">The name of a series of the chart.</param>
    /// <param name="x">Finite.</param>
    /// <param name="label">May be empty.</param>
    public static ChartMarker Of(string seriesName, double x, string label) => new(x, label, ChartText.Checked(seriesName, nameof(seriesName), mayBeEmpty: false));
}
