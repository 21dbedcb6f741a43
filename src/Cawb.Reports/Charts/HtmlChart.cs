using System.Globalization;
using System.Text;

namespace Cawb.Reports.Charts;

/// <summary>A <see cref="Chart"/> as one HTML file that needs nothing else: the SVG inside, with the values under the pointer read out beside it.</summary>
/// <remarks>The read-out also follows the arrow keys once the chart has the focus. Without scripts the picture stays.</remarks>
public static class HtmlChart
{
    /// <summary>Of pages that nothing else has a style sheet for, and of their charts.</summary>
    internal static string Css { get; } = Resource("page.css") + "\n" + Resource("chart.css");

    /// <summary>Makes every chart of the page follow the pointer.</summary>
    internal static string Script { get; } = Resource("chart.js") + "\ndocument.querySelectorAll('figure.chart').forEach(cawbChart.attach);";

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

    /// <summary>The drawing with its numbers, for a page that has <see cref="Css"/> in its head and <see cref="Script"/> at its end.</summary>
    internal static void AppendFigure(StringBuilder html, Chart chart, ChartSize size, string prefix)
    {
        html.Append("<figure class=\"chart\" tabindex=\"0\">\n");
        ChartPicture.Append(html, chart, SvgLayout.Of(chart, size), prefix);
        html.Append("\n<div class=\"readout\" role=\"status\"></div>\n</figure>\n");
    }

    private static string Resource(string name)
    {
        using var stream = typeof(HtmlChart).Assembly.GetManifestResourceStream("Cawb.Reports.Charts." + name)
            ?? throw new InvalidOperationException($"The resource {name} is not in the assembly.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n").TrimEnd('\n');
    }
}
