using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Cawb.Reports.Charts;

/// <summary>A <see cref="Chart"/> drawn for a page that has things of its own on and beside the plot, and that draws it anew when it changes.</summary>
/// <remarks>The page serves <c>chart.js</c>, which reads values out, and <c>chart.css</c>.</remarks>
public sealed class ChartPicture
{
    private const double EventTextSize = 12.5;
    private const double EventPadding = 9;
    private const int EventRows = 3;
    private const int LeastDigits = 6;
    private const int MostDigits = 15;

    private readonly Chart chart;
    private readonly SvgLayout layout;

    private ChartPicture(Chart chart, SvgLayout layout, string svg) => (this.chart, this.layout, Svg) = (chart, layout, svg);

    /// <summary>The drawing alone: values cannot be read out of it.</summary>
    public string Svg { get; }

    /// <summary>The drawing and its numbers; made at every call.</summary>
    public string ToHtml()
    {
        var html = new StringBuilder(Svg, 128 * 1024);
        AppendNumbers(html, chart, layout);
        return html.ToString();
    }

    /// <summary>The x values of the plot.</summary>
    public ChartRange Shown => new(layout.X.Ticks.Minimum, layout.X.Ticks.Maximum);

    /// <summary>How far down the x axis lies, as a share of the height.</summary>
    public double AxisShare => layout.Bottom / layout.Size.Height;

    /// <summary>Draws a chart.</summary>
    /// <param name="chart">What to show.</param>
    /// <param name="size">How large.</param>
    /// <param name="prefix">Of the ids inside; no other chart of the page has it.</param>
    /// <param name="namesEvents">Whether the names of events stand above the plot; without, the page names them.</param>
    public static ChartPicture Of(Chart chart, ChartSize size, string prefix, bool namesEvents)
    {
        ArgumentNullException.ThrowIfNull(chart);
        ArgumentNullException.ThrowIfNull(size);
        ArgumentNullException.ThrowIfNull(prefix);
        var layout = SvgLayout.Of(chart, size, namesEvents);
        var svg = new StringBuilder(64 * 1024);
        SvgChart.Append(svg, chart, layout, ChartText.Escape(prefix));
        return new ChartPicture(chart, layout, svg.ToString());
    }

    /// <summary>How far to the right a value stands, as a share of the width.</summary>
    /// <param name="x">Any; values far outside stand at most three plots away.</param>
    public double ShareOf(double x) => layout.X.At(x) / layout.Size.Width;

    /// <summary>The events whose names find room in a lane of at most three rows, each with the place of its middle as a share of the width, and its row from 0.</summary>
    public IReadOnlyList<(ChartMarker Marker, double Share, int Row)> Lane()
    {
        var placed = EventNames.Place(chart.Markers, layout.X, 0, layout.Size.Width, EventRows, EventTextSize, EventPadding);
        return [.. placed.Select(one => (one.Marker, one.X / layout.Size.Width, one.Row))];
    }

    internal static void Append(StringBuilder html, Chart chart, SvgLayout layout, string prefix)
    {
        SvgChart.Append(html, chart, layout, prefix);
        AppendNumbers(html, chart, layout);
    }

    private static void AppendNumbers(StringBuilder html, Chart chart, SvgLayout layout) =>
        html.Append("\n<script type=\"application/json\">").Append(Numbers(chart, layout)).Append("</script>");

    private static string Numbers(Chart chart, SvgLayout layout)
    {
        using var buffer = new MemoryStream();
        // The default encoder writes < and > as escapes, so that no name can end the script element.
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("label", chart.X.Label);
            WriteAxis(json, "x", layout.X);
            WriteAxis(json, "y", layout.Y);
            json.WriteStartArray("series");
            var kepts = new List<List<int>>();
            for (var i = 0; i < chart.Series.Count; i++)
            {
                var series = chart.Series[i];
                var twin = chart.Series.Take(i).ToList().FindIndex(other => other.X.Span.SequenceEqual(series.X.Span));
                var kept = twin >= 0 ? kepts[twin] : Kept(series, layout.X);
                kepts.Add(kept);
                json.WriteStartObject();
                json.WriteString("name", series.Name);
                json.WriteNumber("colour", chart.Colours[i]);
                json.WriteBoolean("steps", series.Shape == SeriesShape.Steps);
                if (twin >= 0)
                {
                    json.WriteNumber("x", twin);
                }
                else
                {
                    // Whole: who is told of a place has to be on the right side of a boundary.
                    WriteNumbers(json, "x", series.X.Span, kept, "R");
                }
                var format = string.Create(CultureInfo.InvariantCulture, $"G{Digits(layout.Y)}");
                WriteNumbers(json, "y", series.Y.Span, kept, format);
                if (series.HasBand)
                {
                    WriteNumbers(json, "low", series.BandLower.Span, kept, format);
                    WriteNumbers(json, "high", series.BandUpper.Span, kept, format);
                }
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void WriteAxis(Utf8JsonWriter json, string name, AxisMap axis)
    {
        json.WriteStartObject(name);
        json.WriteNumber("start", Math.Round(axis.Start, 3));
        json.WriteNumber("end", Math.Round(axis.End, 3));
        json.WriteNumber("min", axis.Ticks.Minimum);
        json.WriteNumber("max", axis.Ticks.Maximum);
        json.WriteBoolean("log", axis.Scale == AxisScale.Logarithmic);
        json.WriteNumber("digits", Digits(axis));
        json.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, ReadOnlySpan<double> values, List<int> kept, string format)
    {
        json.WriteStartArray(name);
        Span<char> text = stackalloc char[32];
        foreach (var index in kept)
        {
            values[index].TryFormat(text, out var length, format, CultureInfo.InvariantCulture);
            json.WriteRawValue(text[..length], skipInputValidation: true);
        }
        json.WriteEndArray();
    }

    /// <summary>Significant digits that tell ten-thousandths of the axis apart.</summary>
    private static int Digits(AxisMap axis)
    {
        var (minimum, maximum) = (axis.Ticks.Minimum, axis.Ticks.Maximum);
        return axis.Scale == AxisScale.Logarithmic
            ? LeastDigits
            : Math.Clamp((int)Math.Ceiling(Math.Log10(Math.Max(Math.Abs(minimum), Math.Abs(maximum)) / (maximum - minimum))) + 4, LeastDigits, MostDigits);
    }

    /// <summary>The points that are seen or, where there are more of them than pixel columns, the first of each column: exact values, only fewer of them.</summary>
    private static List<int> Kept(ChartSeries series, AxisMap x)
    {
        var kept = new List<int>();
        var xs = series.X.Span;
        var (from, to) = PointReduction.Visible(xs, x.Ticks.Minimum, x.Ticks.Maximum);
        var isDense = to - from > x.End - x.Start + 2;
        var last = double.NaN;
        for (var i = from; i < to; i++)
        {
            var column = isDense ? Math.Floor(x.At(xs[i])) : i;
            if (column != last || i == to - 1)
            {
                kept.Add(i);
                last = column;
            }
        }
        return kept;
    }
}
