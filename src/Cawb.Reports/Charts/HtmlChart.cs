using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Cawb.Reports.Charts;

/// <summary>A <see cref="Chart"/> as one HTML file that needs nothing else: the SVG inside, with the values under the pointer read out beside it.</summary>
/// <remarks>The read-out also follows the arrow keys once the chart has the focus. Without scripts the picture stays.</remarks>
public static class HtmlChart
{
    private const int ReadOutPoints = 1000;

    internal static string Css { get; } = Resource("chart.css");

    internal static string Script { get; } = Resource("chart.js");

    /// <summary>The whole page.</summary>
    /// <param name="chart">What to show.</param>
    /// <param name="size">Of the drawing; the page scales it down to narrower windows.</param>
    /// <returns>Text that ends with a line break; encode it as UTF-8.</returns>
    public static string Render(Chart chart, ChartSize size)
    {
        ArgumentNullException.ThrowIfNull(chart);
        ArgumentNullException.ThrowIfNull(size);
        var title = ChartText.Escape(chart.Title.Length > 0 ? chart.Title : chart.Y.Label);
        var html = new StringBuilder(32 * 1024);
        html.Append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n");
        html.Append(CultureInfo.InvariantCulture, $"<title>{title}</title>\n<style>{Css}</style>\n</head>\n<body>\n");
        AppendFigure(html, chart, size, "c");
        html.Append(CultureInfo.InvariantCulture, $"<script>{Script}</script>\n</body>\n</html>\n");
        return html.ToString();
    }

    /// <summary>The drawing with its numbers as an HTML element, for a page that brings its own style sheet and script.</summary>
    /// <param name="chart">What to show.</param>
    /// <param name="size">Of the drawing; style sheets may scale it.</param>
    /// <param name="prefix">Of the ids inside; no other chart of the page has it.</param>
    public static string Figure(Chart chart, ChartSize size, string prefix)
    {
        ArgumentNullException.ThrowIfNull(chart);
        ArgumentNullException.ThrowIfNull(size);
        var html = new StringBuilder(32 * 1024);
        AppendFigure(html, chart, size, prefix);
        return html.ToString();
    }

    /// <summary>The drawing with its numbers, for a page that has <see cref="Css"/> in its head and <see cref="Script"/> at its end.</summary>
    internal static void AppendFigure(StringBuilder html, Chart chart, ChartSize size, string prefix)
    {
        var layout = SvgLayout.Of(chart, size);
        html.Append("<figure class=\"chart\" tabindex=\"0\">\n");
        SvgChart.Append(html, chart, layout, prefix);
        html.Append("\n<div class=\"readout\" role=\"status\" hidden></div>\n<script type=\"application/json\">");
        html.Append(Numbers(chart, layout));
        html.Append("</script>\n</figure>\n");
    }

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
            foreach (var (series, colour) in chart.Series.Zip(chart.Colours))
            {
                var kept = Kept(series, layout.X);
                json.WriteStartObject();
                json.WriteString("name", series.Name);
                json.WriteNumber("colour", colour);
                json.WriteBoolean("steps", series.Shape == SeriesShape.Steps);
                WriteNumbers(json, "x", series.X.Span, kept);
                WriteNumbers(json, "y", series.Y.Span, kept);
                if (series.HasBand)
                {
                    WriteNumbers(json, "low", series.BandLower.Span, kept);
                    WriteNumbers(json, "high", series.BandUpper.Span, kept);
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
        json.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, ReadOnlySpan<double> values, List<int> kept)
    {
        json.WriteStartArray(name);
        foreach (var index in kept)
        {
            json.WriteRawValue(values[index].ToString("G6", CultureInfo.InvariantCulture));
        }
        json.WriteEndArray();
    }

    /// <summary>All points, or where there are very many the first of each pixel column: exact values, only fewer of them.</summary>
    private static List<int> Kept(ChartSeries series, AxisMap x)
    {
        var kept = new List<int>();
        var xs = series.X.Span;
        var isDense = xs.Length > ReadOutPoints;
        var last = double.NaN;
        for (var i = 0; i < xs.Length; i++)
        {
            var column = isDense ? Math.Floor(x.At(xs[i])) : i;
            if (column != last || i == xs.Length - 1)
            {
                kept.Add(i);
                last = column;
            }
        }
        return kept;
    }

    private static string Resource(string name)
    {
        using var stream = typeof(HtmlChart).Assembly.GetManifestResourceStream("Cawb.Reports.Charts." + name)
            ?? throw new InvalidOperationException($"The resource {name} is not in the assembly.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n").TrimEnd('\n');
    }
}
