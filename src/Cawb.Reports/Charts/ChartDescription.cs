using System.Globalization;
using System.Text;

namespace Cawb.Reports.Charts;

/// <summary>A chart in words: what a screen reader says instead of showing it.</summary>
internal static class ChartDescription
{
    private const int MostEvents = 20;

    public static string Of(Chart chart)
    {
        if (chart.Description.Length > 0)
        {
            return chart.Description;
        }
        var words = new StringBuilder();
        words.Append(CultureInfo.InvariantCulture, $"{Name(chart.Y, "Values")} over {Name(chart.X, "x")}.");
        foreach (var series in chart.Series)
        {
            var x = series.X.Span;
            var y = series.Y.Span;
            var (least, most) = (y[0], y[0]);
            foreach (var value in y)
            {
                (least, most) = (value < least ? value : least, value > most ? value : most);
            }
            words.Append(CultureInfo.InvariantCulture, $" {series.Name}: from {Text(y[0])} at {Text(x[0])} to {Text(y[^1])} at {Text(x[^1])}, between {Text(least)} and {Text(most)}.");
        }
        foreach (var marker in chart.Markers.Take(MostEvents))
        {
            words.Append(CultureInfo.InvariantCulture, $" {(marker.Label.Length > 0 ? marker.Label : "Event")} at {Text(marker.X)}.");
        }
        if (chart.Markers.Count > MostEvents)
        {
            words.Append(CultureInfo.InvariantCulture, $" And {chart.Markers.Count - MostEvents} more.");
        }
        return words.ToString();
    }

    private static string Name(ChartAxis axis, string otherwise) => axis.Label.Length > 0 ? axis.Label : otherwise;

    private static string Text(double value) => ChartText.Number(value, 4);
}
