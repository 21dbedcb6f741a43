using System.Globalization;
using System.Text;

namespace Cawb.Reports.Charts;

/// <summary>Draws a <see cref="Chart"/> as lines of text.</summary>
/// <remarks>
/// With Unicode, curves are braille dots (2 x 4 to a letter) told apart by colour; several curves without colours, and all curves in ASCII, have a mark of their own
/// each. Bands are left out.
/// </remarks>
public static class TerminalChart
{
    private const string UnicodeMarks = "●▲■◆○△□◇";
    private const string AsciiMarks = "*o+x#@%&";

    /// <summary>The drawing, every line closed with a line feed, none wider than asked for and without trailing spaces.</summary>
    /// <param name="chart">What to show.</param>
    /// <param name="size">How much room there is.</param>
    /// <param name="look">Letters and colours.</param>
    public static string Render(Chart chart, TerminalSize size, TerminalLook look)
    {
        ArgumentNullException.ThrowIfNull(chart);
        ArgumentNullException.ThrowIfNull(size);
        ArgumentNullException.ThrowIfNull(look);
        var text = new StringBuilder();
        var isBraille = look.UsesUnicode && (look.UsesColour || chart.Series.Count == 1);
        var headRows = Head(text, chart, size, look, isBraille);
        var hasMarkers = chart.Markers.Any(m => m.Label.Length > 0);
        var rows = Math.Max(5, size.Rows - headRows - 2 - (chart.X.Label.Length > 0 ? 1 : 0) - (hasMarkers ? 1 : 0));
        var dotsDown = isBraille ? rows * 4 : rows;

        var yValues = chart.Series.Select(s => s.Y).ToList();
        var y = AxisMap.Fit(chart.Y, yValues, Math.Clamp(rows / 4, 2, 8), mayGrow: true, dotsDown - 1, 0);
        var labelWidth = y.Ticks.Ticks.Max(t => Label(t, look).Length);
        var canvas = new DotCanvas(Math.Max(10, size.Columns - labelWidth - 2), rows, isBraille);
        var x = AxisMap.Fit(chart.X, chart.XValues(), Math.Clamp(canvas.Columns / 12, 2, 10), mayGrow: false, 0, canvas.DotsAcross - 1);

        for (var i = 0; i < chart.Series.Count; i++)
        {
            Draw(canvas, chart.Series[i], i, chart.Colours[i], x, y, look);
        }
        foreach (var marker in chart.Markers)
        {
            for (var row = 0; row < rows; row++)
            {
                canvas.Background(Column(x, marker.X, canvas), row, look.UsesUnicode ? '┊' : ':');
            }
        }
        if (hasMarkers)
        {
            AppendMarkerLabels(text, chart.Markers, x, canvas, labelWidth + 2);
        }
        AppendPlot(text, canvas, y, labelWidth, look);
        AppendXAxis(text, chart.X, x, canvas, labelWidth, look);
        return text.ToString();
    }

    private static int Head(StringBuilder text, Chart chart, TerminalSize size, TerminalLook look, bool isBraille)
    {
        var rows = 0;
        if (chart.Title.Length > 0)
        {
            AppendLine(text, Cut(chart.Title, size.Columns));
            rows++;
        }
        var entries = chart.Series.Count < 2 ? [] : chart.Series.Select((s, i) => (Mark: isBraille ? "──" : Mark(i, look).ToString(), s.Name, Index: i)).ToList();
        var (line, used) = (new StringBuilder(), 0);
        foreach (var (mark, name, index) in entries)
        {
            var label = Cut(name, size.Columns - mark.Length - 1);
            if (used > 0 && used + mark.Length + label.Length + 4 > size.Columns)
            {
                AppendLine(text, line.ToString());
                rows++;
                (line, used) = (new StringBuilder(), 0);
            }
            line.Append(used > 0 ? "   " : "");
            AppendColoured(line, mark, chart.Colours[index], look);
            line.Append(' ').Append(label);
            used += mark.Length + label.Length + 1 + (used > 0 ? 3 : 0);
        }
        if (used > 0)
        {
            AppendLine(text, line.ToString());
            rows++;
        }
        if (chart.Y.Label.Length > 0)
        {
            AppendLine(text, Cut(chart.Y.Label, size.Columns));
            rows++;
        }
        return rows;
    }

    private static void Draw(DotCanvas canvas, ChartSeries series, int index, int colour, AxisMap x, AxisMap y, TerminalLook look)
    {
        var mark = Mark(index, look);
        var points = series.Shape == SeriesShape.Points ? PointReduction.Dots(series, x, y) : PointReduction.Polyline(series, x, y);
        for (var i = 0; i < points.Count; i++)
        {
            if (i > 0 && series.Shape != SeriesShape.Points)
            {
                canvas.Line(points[i - 1], points[i], colour, mark);
            }
            else
            {
                var (dotX, dotY) = DotCanvas.Nearest(points[i]);
                canvas.Dot(dotX, dotY, colour, mark);
            }
        }
    }

    private static void AppendMarkerLabels(StringBuilder text, IReadOnlyList<ChartMarker> markers, AxisMap x, DotCanvas canvas, int indent)
    {
        var line = new char[indent + canvas.Columns];
        Array.Fill(line, ' ');
        var free = 0;
        foreach (var marker in markers.Where(m => m.Label.Length > 0 && m.X >= x.Ticks.Minimum && m.X <= x.Ticks.Maximum))
        {
            var start = Math.Clamp(indent + Column(x, marker.X, canvas) - marker.Label.Length / 2, 0, Math.Max(0, line.Length - marker.Label.Length));
            if (start >= free && start + marker.Label.Length <= line.Length)
            {
                marker.Label.CopyTo(0, line, start, marker.Label.Length);
                free = start + marker.Label.Length + 1;
            }
        }
        AppendLine(text, new string(line));
    }

    private static void AppendPlot(StringBuilder text, DotCanvas canvas, AxisMap y, int labelWidth, TerminalLook look)
    {
        var labels = new string[canvas.Rows];
        foreach (var tick in y.Ticks.Ticks.Where(t => t.IsMajor))
        {
            var row = (int)Math.Round(y.At(tick.Value)) * canvas.Rows / canvas.DotsDown;
            if (row >= 0 && row < canvas.Rows)
            {
                labels[row] ??= Label(tick, look);
            }
        }
        for (var row = 0; row < canvas.Rows; row++)
        {
            var line = new StringBuilder();
            var label = labels[row] ?? "";
            line.Append(label.PadLeft(labelWidth)).Append(' ');
            line.Append(label.Length > 0 ? look.UsesUnicode ? '┤' : '+' : look.UsesUnicode ? '│' : '|');
            for (var column = 0; column < canvas.Columns;)
            {
                var (start, owner) = (column, canvas.Owner(column, row));
                while (column < canvas.Columns && canvas.Owner(column, row) == owner)
                {
                    column++;
                }
                AppendColoured(line, canvas.Letters(start, column, row), owner, look);
            }
            AppendLine(text, line.ToString());
        }
    }

    private static void AppendXAxis(StringBuilder text, ChartAxis axis, AxisMap x, DotCanvas canvas, int labelWidth, TerminalLook look)
    {
        var indent = labelWidth + 2;
        var line = new char[canvas.Columns];
        Array.Fill(line, look.UsesUnicode ? '─' : '-');
        var labels = new char[indent + canvas.Columns];
        Array.Fill(labels, ' ');
        var free = 0;
        foreach (var tick in x.Ticks.Ticks.Where(t => t.IsMajor))
        {
            var column = Column(x, tick.Value, canvas);
            line[column] = look.UsesUnicode ? '┬' : '+';
            var label = Label(tick, look);
            var start = Math.Min(indent + column - label.Length / 2, labels.Length - label.Length);
            if (start >= free)
            {
                label.CopyTo(0, labels, start, label.Length);
                free = start + label.Length + 1;
            }
        }
        AppendLine(text, new string(' ', labelWidth + 1) + (look.UsesUnicode ? '└' : '+') + new string(line));
        AppendLine(text, new string(labels));
        if (axis.Label.Length > 0)
        {
            var name = Cut(axis.Label, canvas.Columns);
            AppendLine(text, new string(' ', indent + (canvas.Columns - name.Length) / 2) + name);
        }
    }

    private static int Column(AxisMap x, double value, DotCanvas canvas) =>
        Math.Clamp((int)Math.Round(x.At(value)) * canvas.Columns / canvas.DotsAcross, 0, canvas.Columns - 1);

    private static string Label(AxisTick tick, TerminalLook look) => look.UsesUnicode || !tick.IsMajor ? tick.Label : ChartText.Ascii(tick.Label);

    private static char Mark(int index, TerminalLook look) => look.UsesUnicode ? UnicodeMarks[index % UnicodeMarks.Length] : AsciiMarks[index % AsciiMarks.Length];

    private static void AppendColoured(StringBuilder line, ReadOnlySpan<char> text, int colour, TerminalLook look)
    {
        if (!look.UsesColour || colour < 0)
        {
            line.Append(text);
            return;
        }
        line.Append(CultureInfo.InvariantCulture, $"\u001b[{ChartPalette.Terminal[colour % ChartPalette.Terminal.Count]}m{text}\u001b[0m");
    }

    private static void AppendLine(StringBuilder text, string line) => text.Append(line.TrimEnd()).Append('\n');

    private static string Cut(string text, int columns) => text.Length <= columns ? text : string.Concat(text.AsSpan(0, Math.Max(1, columns - 3)), "...");
}
