using System.Globalization;
using System.Text;

namespace Cawb.Reports.Charts;

/// <summary>Estimates with their intervals, one below the other (a forest plot), as SVG.</summary>
public sealed record IntervalChart
{
    private const double RowHeight = 34;
    private const double Edge = 14;

    /// <summary>A chart of at least one row.</summary>
    /// <param name="title">One line above the plot; may be empty.</param>
    /// <param name="axisLabel">What is estimated, with its unit.</param>
    /// <param name="rows">From top to bottom; all numbers finite, no interval upside down.</param>
    /// <param name="hasZeroLine">Whether 0 is part of the axis and marked, as for differences.</param>
    /// <exception cref="ArgumentException">There is no row, or one breaks the rule.</exception>
    public IntervalChart(string title, string axisLabel, IEnumerable<IntervalRow> rows, bool hasZeroLine)
    {
        Title = ChartText.Checked(title, nameof(title), mayBeEmpty: true);
        AxisLabel = ChartText.Checked(axisLabel, nameof(axisLabel), mayBeEmpty: true);
        Rows = [.. rows];
        HasZeroLine = hasZeroLine;
        if (Rows.Count == 0)
        {
            throw new ArgumentException("A chart needs at least one row.", nameof(rows));
        }
        foreach (var row in Rows)
        {
            _ = ChartText.Checked(row.Name, nameof(rows), mayBeEmpty: false);
            if (!row.Values.Append(row.Estimate).Append(row.Lower).Append(row.Upper).All(double.IsFinite) || row.Lower > row.Upper)
            {
                throw new ArgumentException($"Row '{row.Name}' has the estimate {row.Estimate:R} and the interval {row.Lower:R} to {row.Upper:R}; all must be finite and in order.", nameof(rows));
            }
        }
    }

    /// <summary>One line above the plot.</summary>
    public string Title { get; }

    /// <summary>What is estimated.</summary>
    public string AxisLabel { get; }

    /// <summary>From top to bottom.</summary>
    public IReadOnlyList<IntervalRow> Rows { get; }

    /// <summary>Whether 0 is marked.</summary>
    public bool HasZeroLine { get; }

    /// <summary>The whole document; its height follows from the number of rows.</summary>
    /// <param name="width">320 to 4000 CSS pixels.</param>
    /// <exception cref="ArgumentOutOfRangeException">The width is outside its range.</exception>
    public string RenderSvg(int width)
    {
        if (width is < 320 or > 4000)
        {
            throw new ArgumentOutOfRangeException(nameof(width), $"A chart is 320 to 4000 pixels wide; got {width}.");
        }
        var svg = new StringBuilder();
        Append(svg, width, "i");
        return svg.Append('\n').ToString();
    }

    internal void Append(StringBuilder svg, int width, string prefix)
    {
        var title = TitleLines(width);
        var top = Edge + title.Count * 22 + 8;
        var bottom = top + Rows.Count * RowHeight;
        var height = HeightAt(width);
        var left = Math.Min(width * 0.45, Edge + Rows.Max(r => ChartText.Width(r.Name, SvgLayout.LabelSize)) + 14);
        double[] values = [.. Rows.SelectMany(r => r.Values.Concat([r.Estimate, r.Lower, r.Upper])), .. HasZeroLine ? [0.0] : Array.Empty<double>()];
        var range = (Least: values.Min(), Most: values.Max());
        var axis = range.Least < range.Most ? ChartAxis.Linear("").WithRange(range.Least, range.Most) : ChartAxis.Linear("");
        var target = (int)Math.Clamp((width - left) / 85, 3, 9);
        var ticks = range.Least < range.Most ? AxisTicks.Linear(range.Least, range.Most, target, mayGrow: true, isWhole: false) : AxisMap.Fit(axis, [values], target, mayGrow: true, 0, 1).Ticks;
        var x = new AxisMap(AxisScale.Linear, ticks, left, width - Edge - 22);

        SvgFrame.Begin(svg, width, height, prefix, Title, Description(), colours: 1);
        for (var i = 0; i < title.Count; i++)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"title\" x=\"{N(Edge)}\" y=\"{N(Edge + 16 + 22 * i)}\">{ChartText.Escape(title[i])}</text>\n");
        }
        svg.Append("<path class=\"grid\" d=\"");
        foreach (var tick in ticks.Ticks)
        {
            svg.Append(CultureInfo.InvariantCulture, $"M{N(x.At(tick.Value))} {N(top)}V{N(bottom)}");
        }
        svg.Append(CultureInfo.InvariantCulture, $"\"/>\n<path class=\"axis\" d=\"M{N(x.Start)} {N(bottom)}H{N(x.End)}\"/>\n");
        if (HasZeroLine)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"axis\" d=\"M{N(x.At(0))} {N(top)}V{N(bottom)}\"/>\n");
        }
        foreach (var tick in ticks.Ticks)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<g class=\"tick middle\"><text x=\"{N(x.At(tick.Value))}\" y=\"{N(bottom + 18)}\">{ChartText.Escape(tick.Label)}</text></g>\n");
        }
        for (var i = 0; i < Rows.Count; i++)
        {
            AppendRow(svg, Rows[i], x, top + (i + 0.5) * RowHeight, left);
        }
        if (AxisLabel.Length > 0)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"label middle\" x=\"{N((x.Start + x.End) / 2)}\" y=\"{N(bottom + 40)}\">{ChartText.Escape(AxisLabel)}</text>\n");
        }
        svg.Append("</svg>");
    }

    internal int HeightAt(int width) => (int)Math.Ceiling(Edge + TitleLines(width).Count * 22 + 8 + Rows.Count * RowHeight + 20 + (AxisLabel.Length > 0 ? 22 : 0) + Edge);

    private List<string> TitleLines(int width) => ChartText.Wrap(Title, SvgLayout.TitleSize * 1.2, width - 2 * Edge);

    private static void AppendRow(StringBuilder svg, IntervalRow row, AxisMap x, double y, double left)
    {
        var name = ChartText.Fit(row.Name, SvgLayout.LabelSize, left - Edge - 10);
        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"label end\" x=\"{N(left - 12)}\" y=\"{N(y + 4.5)}\">{ChartText.Escape(name)}</text>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<path class=\"line s0\" d=\"M{N(x.At(row.Lower))} {N(y)}H{N(x.At(row.Upper))}M{N(x.At(row.Lower))} {N(y - 4)}v8M{N(x.At(row.Upper))} {N(y - 4)}v8\"/>\n");
        foreach (var value in row.Values)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<circle class=\"f0\" cx=\"{N(x.At(value))}\" cy=\"{N(y + 9)}\" r=\"2.5\" fill-opacity=\".45\"/>\n");
        }
        svg.Append(CultureInfo.InvariantCulture, $"<circle class=\"f0\" cx=\"{N(x.At(row.Estimate))}\" cy=\"{N(y)}\" r=\"5\"/>\n");
    }

    private string Description() => string.Join(' ', Rows.Select(r => $"{r.Name}: {ChartText.Number(r.Estimate, 3)}, interval {ChartText.Number(r.Lower, 3)} to {ChartText.Number(r.Upper, 3)}."));

    private static string N(double place) => SvgFrame.Place(place);
}
