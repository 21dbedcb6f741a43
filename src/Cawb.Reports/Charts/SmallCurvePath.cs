using System.Text;

namespace Cawb.Reports.Charts;

/// <summary>A curve as small as a word, without axes (a sparkline).</summary>
public static class SmallCurvePath
{
    private const double Margin = 2;

    /// <summary>One SVG path through values at even distances, from the lowest of them, or 0 where that lies near, to the highest.</summary>
    /// <param name="values">Finite; at least one.</param>
    /// <param name="width">CSS pixels, 8 or more.</param>
    /// <param name="height">CSS pixels, 8 or more.</param>
    /// <returns>The <c>d</c> attribute.</returns>
    /// <exception cref="ArgumentException">There is no value, or one is not finite.</exception>
    public static string Of(ReadOnlySpan<double> values, int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 8);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 8);
        var places = new double[values.Length];
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = i;
        }
        // One value is a level line.
        var series = values.Length == 1 ? ChartSeries.Line("-", [0, 1], [values[0], values[0]]) : ChartSeries.Line("-", places, values);
        var x = AxisMap.Fit(ChartAxis.Linear(""), [series.X], 2, mayGrow: false, Margin, width - Margin);
        var y = AxisMap.Fit(ChartAxis.Linear(""), [series.Y], 2, mayGrow: true, height - Margin, Margin);
        var path = new StringBuilder();
        SvgPath.AppendPolyline(path, PointReduction.Polyline(series, x, y));
        return path.ToString();
    }
}
