namespace Cawb.Reports.Charts;

/// <summary>Where everything of a drawn chart stands. Text is measured before the plot gets what remains, so that nothing overlaps.</summary>
internal sealed record SvgLayout
{
    public const double TitleSize = 16;
    public const double LabelSize = 13;
    public const double TickSize = 12;
    public const double MarkerSize = 11;
    private const double BoldWidening = 1.2;
    private const double Edge = 14;
    private const double TitleRow = 22;
    private const double LegendRow = 20;
    private const double MarkerRow = 14;
    private const int MarkerRows = 3;
    private const int MostTitleLines = 3;
    private const double SwatchWidth = 30;

    private SvgLayout(ChartSize size, AxisMap x, AxisMap y) => (Size, X, Y) = (size, x, y);

    public ChartSize Size { get; }

    public AxisMap X { get; }

    public AxisMap Y { get; }

    public double Left => X.Start;

    public double Right => X.End;

    public double Top => Y.End;

    public double Bottom => Y.Start;

    /// <summary>Lines of the title with the place of their baseline.</summary>
    public required IReadOnlyList<PlacedText> Title { get; init; }

    /// <summary>Names of the series with the place where their swatch starts; fewer than there are series where they would take the plot's room, none for a single series.</summary>
    public required IReadOnlyList<PlacedText> Legend { get; init; }

    /// <summary>Names of the events that found room, centred at their place.</summary>
    public required IReadOnlyList<PlacedText> MarkerLabels { get; init; }

    public static double SwatchLength => 22;

    /// <summary>From the start of a swatch to the start of its name.</summary>
    public static double SwatchStride => SwatchWidth;

    /// <param name="chart">What to show.</param>
    /// <param name="size">How large.</param>
    /// <param name="namesEvents">Whether the names of events get room above the plot.</param>
    public static SvgLayout Of(Chart chart, ChartSize size, bool namesEvents = true)
    {
        // How many marks the vertical axis gets depends on the plot's height, and the height on how the names wrap beside the width of those marks: the second pass
        // starts from the height that the first one found.
        var (across, up) = (AxisRange.Of(chart.X, chart.XValues(), mayGrow: false), AxisRange.Of(chart.Y, chart.YValues(), mayGrow: true));
        var guess = Of(chart, across, up, size, namesEvents, size.Height - 110);
        return Of(chart, across, up, size, namesEvents, guess.Bottom - guess.Top);
    }

    private static SvgLayout Of(Chart chart, AxisRange across, AxisRange up, ChartSize size, bool namesEvents, double plotHeight)
    {
        var top = Edge;
        var title = new List<PlacedText>();
        foreach (var line in TitleLines(chart.Title, size))
        {
            title.Add(new PlacedText(Edge, top + TitleRow - 6, line));
            top += TitleRow;
        }
        top += title.Count > 0 ? 4 : 0;
        var bottom = size.Height - Edge - 20 - (chart.X.Label.Length > 0 ? 20 : 0);
        var yMarks = up.Map((int)Math.Clamp(plotHeight / 52, 2, 12), 1, 0);
        var left = Edge + (chart.Y.Label.Length > 0 ? 22 : 0) + WidestLabel(yMarks.Ticks) + 8;
        var right = size.Width - Edge - 6;

        var xMap = FitX(across, left, right);
        right = Math.Min(right, size.Width - Edge / 2 - ChartText.Width(LastLabel(xMap.Ticks), TickSize) / 2);
        xMap = FitX(across, left, right);

        var legend = PlaceLegend(chart, left, size, ref top);
        var named = EventNames.Place(namesEvents ? chart.Markers : [], xMap, left, size.Width - Edge, MarkerRows, MarkerSize, padding: 0);
        top += MarkerRow * named.Select(one => one.Row + 1).DefaultIfEmpty(0).Max();
        var lowest = top;
        top += 6;
        var yMap = new AxisMap(yMarks.Scale, yMarks.Ticks, bottom, top);
        return new SvgLayout(size, xMap, yMap) { Title = title, Legend = legend, MarkerLabels = [.. named.Select(one => new PlacedText(one.X, lowest - one.Row * MarkerRow, one.Marker.Label))] };
    }

    private static List<string> TitleLines(string title, ChartSize size)
    {
        var lines = ChartText.Wrap(title, TitleSize * BoldWidening, size.Width - 2 * Edge);
        if (lines.Count > MostTitleLines)
        {
            lines[MostTitleLines - 1] = ChartText.Fit(lines[MostTitleLines - 1] + " …", TitleSize * BoldWidening, size.Width - 2 * Edge);
            lines.RemoveRange(MostTitleLines, lines.Count - MostTitleLines);
        }
        return lines;
    }

    private static AxisMap FitX(AxisRange range, double left, double right)
    {
        for (var target = (int)Math.Clamp((right - left) / 70, 3, 11); ; target--)
        {
            var map = range.Map(target, left, right);
            if (target <= 2 || !Overlaps(map))
            {
                return map;
            }
        }
    }

    private static bool Overlaps(AxisMap map)
    {
        var end = double.NegativeInfinity;
        foreach (var tick in map.Ticks.Ticks.Where(t => t.IsMajor))
        {
            var half = ChartText.Width(tick.Label, TickSize) / 2 + 6;
            if (map.At(tick.Value) - half < end)
            {
                return true;
            }
            end = map.At(tick.Value) + half;
        }
        return false;
    }

    private static double WidestLabel(AxisTicks ticks) => ticks.Ticks.Select(t => ChartText.Width(t.Label, TickSize)).DefaultIfEmpty(0).Max();

    private static string LastLabel(AxisTicks ticks) => ticks.Ticks.LastOrDefault(t => t.IsMajor).Label ?? "";

    // At least half of the height stays the plot's; names that find no row are left out, and the caller says how many.
    private static List<PlacedText> PlaceLegend(Chart chart, double left, ChartSize size, ref double top)
    {
        var placed = new List<PlacedText>();
        if (chart.Series.Count < 2)
        {
            return placed;
        }
        var right = size.Width - Edge;
        var rowsLeft = Math.Max(1, (int)((size.Height * 0.45 - top) / LegendRow));
        var x = left;
        top += LegendRow;
        for (var i = 0; i < chart.Series.Count; i++)
        {
            var name = ChartText.Fit(chart.Series[i].Name, LabelSize, right - left - SwatchWidth);
            var width = SwatchWidth + ChartText.Width(name, LabelSize);
            if (x > left && x + width > right)
            {
                if (--rowsLeft == 0)
                {
                    placed.RemoveAt(placed.Count - 1);
                    break;
                }
                x = left;
                top += LegendRow;
            }
            placed.Add(new PlacedText(x, top - 6, name));
            x += width + 18;
        }
        top += 4;
        return placed;
    }
}
