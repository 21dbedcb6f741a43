using System.Globalization;
using System.Text;

namespace Cawb.Reports.Charts;

/// <summary>Draws a <see cref="Chart"/> as SVG 1.1: one file without outside references that browsers, READMEs and <see cref="PngChart"/> show alike.</summary>
/// <remarks>
/// It has its own ground and follows the reader's light or dark scheme where the viewer knows one. A title and a description in words are inside for screen readers.
/// </remarks>
public static class SvgChart
{
    private const double DotsUpTo = 60;

    /// <summary>The whole document.</summary>
    /// <param name="chart">What to show.</param>
    /// <param name="size">How large.</param>
    /// <returns>Text that ends with a line break; encode it as UTF-8. Below 100 KB however many points there are, for up to six series.</returns>
    public static string Render(Chart chart, ChartSize size)
    {
        ArgumentNullException.ThrowIfNull(chart);
        ArgumentNullException.ThrowIfNull(size);
        var svg = new StringBuilder(16 * 1024);
        Append(svg, chart, SvgLayout.Of(chart, size), "c");
        return svg.Append('\n').ToString();
    }

    /// <summary>The element alone, with ids that start with <paramref name="prefix"/>, so that several fit into one page.</summary>
    internal static void Append(StringBuilder svg, Chart chart, SvgLayout layout, string prefix)
    {
        var size = layout.Size;
        SvgFrame.Begin(svg, size.Width, size.Height, prefix, chart.Title.Length > 0 ? chart.Title : chart.Y.Label, ChartDescription.Of(chart), chart.Colours.Max() + 1);
        AppendAxes(svg, chart, layout);
        svg.Append(CultureInfo.InvariantCulture, $"<clipPath id=\"{prefix}p\"><rect x=\"{N(layout.Left - 1)}\" y=\"{N(layout.Top - 3)}\" ");
        svg.Append(CultureInfo.InvariantCulture, $"width=\"{N(layout.Right - layout.Left + 4)}\" height=\"{N(layout.Bottom - layout.Top + 4)}\"/></clipPath>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<g clip-path=\"url(#{prefix}p)\">\n");
        AppendBands(svg, chart, layout);
        AppendMarkerLines(svg, chart, layout);
        foreach (var i in Enumerable.Range(0, chart.Series.Count).OrderBy(i => chart.Series[i].IsStrong))
        {
            AppendLine(svg, chart.Series[i], chart.Colours[i], layout);
        }
        svg.Append("</g>\n");
        // Dots at the edges of the plot are whole, hence not inside the clipped group.
        for (var i = 0; i < chart.Series.Count; i++)
        {
            AppendDots(svg, chart.Series[i], chart.Colours[i], layout);
        }
        AppendWords(svg, chart, layout);
        svg.Append("</svg>");
    }

    private static void AppendAxes(StringBuilder svg, Chart chart, SvgLayout layout)
    {
        svg.Append("<path class=\"grid\" d=\"");
        foreach (var tick in layout.Y.Ticks.Ticks.Where(t => t.IsMajor))
        {
            svg.Append(CultureInfo.InvariantCulture, $"M{N(layout.Left)} {N(layout.Y.At(tick.Value))}H{N(layout.Right)}");
        }
        svg.Append("\"/>\n<path class=\"axis\" d=\"");
        svg.Append(CultureInfo.InvariantCulture, $"M{N(layout.Left)} {N(layout.Bottom)}H{N(layout.Right)}");
        foreach (var tick in layout.X.Ticks.Ticks)
        {
            svg.Append(CultureInfo.InvariantCulture, $"M{N(layout.X.At(tick.Value))} {N(layout.Bottom)}v{(tick.IsMajor ? 5 : 3)}");
        }
        if (chart.Y.Scale == AxisScale.Logarithmic)
        {
            foreach (var tick in layout.Y.Ticks.Ticks)
            {
                svg.Append(CultureInfo.InvariantCulture, $"M{N(layout.Left)} {N(layout.Y.At(tick.Value))}h{(tick.IsMajor ? -5 : -3)}");
            }
        }
        svg.Append("\"/>\n<g class=\"tick middle\">\n");
        foreach (var tick in layout.X.Ticks.Ticks.Where(t => t.IsMajor))
        {
            SvgFrame.AppendText(svg, "", layout.X.At(tick.Value), layout.Bottom + 19, tick.Label);
        }
        svg.Append("</g>\n<g class=\"tick end\">\n");
        foreach (var tick in layout.Y.Ticks.Ticks.Where(t => t.IsMajor))
        {
            SvgFrame.AppendText(svg, "", layout.Left - 8, layout.Y.At(tick.Value) + 4, tick.Label);
        }
        svg.Append("</g>\n");
    }

    private static void AppendBands(StringBuilder svg, Chart chart, SvgLayout layout)
    {
        for (var i = 0; i < chart.Series.Count; i++)
        {
            if (chart.Series[i].HasBand)
            {
                var (upper, lower) = PointReduction.Band(chart.Series[i], layout.X, layout.Y);
                svg.Append(CultureInfo.InvariantCulture, $"<path class=\"band f{chart.Colours[i]}\" d=\"");
                SvgPath.AppendArea(svg, upper, lower);
                svg.Append("\"/>\n");
            }
        }
    }

    private static void AppendMarkerLines(StringBuilder svg, Chart chart, SvgLayout layout)
    {
        foreach (var marker in chart.Markers)
        {
            var index = Enumerable.Range(0, chart.Series.Count).Where(i => chart.Series[i].Name == marker.SeriesName).DefaultIfEmpty(-1).First();
            var owner = index < 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" s{chart.Colours[index]}");
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"event{owner}\" d=\"M{N(layout.X.At(marker.X))} {N(layout.Top - 3)}V{N(layout.Bottom)}\">");
            svg.Append(CultureInfo.InvariantCulture, $"<title>{ChartText.Escape(marker.Label)} ({ChartText.Escape(chart.X.Label)} {ChartText.Number(marker.X, 5)})</title></path>\n");
        }
    }

    private static void AppendLine(StringBuilder svg, ChartSeries series, int colour, SvgLayout layout)
    {
        if (series.Shape == SeriesShape.Points)
        {
            return;
        }
        svg.Append(CultureInfo.InvariantCulture, $"<path class=\"line {(series.IsStrong ? "strong " : "")}s{colour}\"");
        AppendDashes(svg, colour, series.IsDashed);
        svg.Append(" d=\"");
        SvgPath.AppendPolyline(svg, PointReduction.Polyline(series, layout.X, layout.Y));
        svg.Append("\"/>\n");
    }

    private static void AppendDots(StringBuilder svg, ChartSeries series, int colour, SvgLayout layout)
    {
        var isSparse = series.Shape == SeriesShape.Line && series.X.Length <= DotsUpTo && !series.IsDashed;
        var dots = series.Shape == SeriesShape.Points || isSparse ? PointReduction.Dots(series, layout.X, layout.Y) : [];
        if (dots.Count > 0)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"dot s{colour}\" d=\"");
            foreach (var dot in dots)
            {
                svg.Append(CultureInfo.InvariantCulture, $"M{N(dot.X)} {N(dot.Y)}h0");
            }
            svg.Append("\"/>\n");
        }
    }

    private static void AppendWords(StringBuilder svg, Chart chart, SvgLayout layout)
    {
        foreach (var line in layout.Title)
        {
            SvgFrame.AppendText(svg, "title", line.X, line.Y, line.Text);
        }
        for (var i = 0; i < layout.Legend.Count; i++)
        {
            var (series, place, colour) = (chart.Series[i], layout.Legend[i], chart.Colours[i]);
            var middle = place.Y - 4.5;
            if (series.HasBand)
            {
                svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"band f{colour}\" x=\"{N(place.X)}\" y=\"{N(middle - 5)}\" width=\"{N(SvgLayout.SwatchLength)}\" height=\"10\"/>\n");
            }
            var isDots = series.Shape == SeriesShape.Points;
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"{(isDots ? "dot" : series.IsStrong ? "line strong" : "line")} s{colour}\"");
            AppendDashes(svg, colour, series.IsDashed && !isDots);
            svg.Append(CultureInfo.InvariantCulture, $" d=\"M{N(place.X + (isDots ? SvgLayout.SwatchLength / 2 : 0))} {N(middle)}h{N(isDots ? 0 : SvgLayout.SwatchLength)}\"/>\n");
            SvgFrame.AppendText(svg, "label", place.X + SvgLayout.SwatchStride, place.Y, place.Text);
        }
        if (layout.Legend.Count > 0 && layout.Legend.Count < chart.Series.Count)
        {
            var place = layout.Legend[^1];
            var end = place.X + SvgLayout.SwatchStride + ChartText.Width(place.Text, SvgLayout.LabelSize) + 8;
            SvgFrame.AppendText(svg, "label", end, place.Y, string.Create(CultureInfo.InvariantCulture, $"+ {chart.Series.Count - layout.Legend.Count}"));
        }
        foreach (var label in layout.MarkerLabels)
        {
            SvgFrame.AppendText(svg, "note middle", label.X, label.Y, label.Text);
        }
        if (chart.X.Label.Length > 0)
        {
            SvgFrame.AppendText(svg, "label middle", (layout.Left + layout.Right) / 2, layout.Bottom + 40, ChartText.Fit(chart.X.Label, SvgLayout.LabelSize, layout.Right - layout.Left));
        }
        if (chart.Y.Label.Length > 0)
        {
            var label = ChartText.Fit(chart.Y.Label, SvgLayout.LabelSize, layout.Bottom - layout.Top + 40);
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"label middle\" transform=\"translate(24 {N((layout.Top + layout.Bottom) / 2)}) rotate(-90)\">{ChartText.Escape(label)}</text>\n");
        }
    }

    private static void AppendDashes(StringBuilder svg, int colour, bool isDashed)
    {
        var dashes = ChartPalette.Dashes(colour, isDashed);
        if (dashes.Length > 0)
        {
            svg.Append(CultureInfo.InvariantCulture, $" stroke-dasharray=\"{dashes}\"");
        }
    }

    private static string N(double place) => SvgFrame.Place(place);
}
