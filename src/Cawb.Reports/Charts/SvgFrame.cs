using System.Globalization;
using System.Text;

namespace Cawb.Reports.Charts;

/// <summary>What every drawing begins with: the element, its words for screen readers, its style and its ground.</summary>
internal static class SvgFrame
{
    /// <summary>Opens the element; the caller closes it.</summary>
    /// <param name="svg">Takes it.</param>
    /// <param name="width">CSS pixels.</param>
    /// <param name="height">CSS pixels.</param>
    /// <param name="prefix">Of the ids.</param>
    /// <param name="title">In words.</param>
    /// <param name="description">In words.</param>
    /// <param name="colours">Of series.</param>
    public static void Begin(StringBuilder svg, int width, int height, string prefix, string title, string description, int colours)
    {
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"cawb\" width=\"{width}\" height=\"{height}\" ");
        svg.Append(CultureInfo.InvariantCulture, $"viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"{prefix}t {prefix}d\">\n");
        svg.Append(CultureInfo.InvariantCulture, $"<title id=\"{prefix}t\">{ChartText.Escape(title)}</title>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<desc id=\"{prefix}d\">{ChartText.Escape(description)}</desc>\n");
        svg.Append("<style>").Append(SvgStyle.For(colours)).Append("</style>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"ground\" x=\".5\" y=\".5\" width=\"{width - 1}\" height=\"{height - 1}\" rx=\"6\"/>\n");
    }

    /// <summary>A line of text.</summary>
    /// <param name="svg">Takes it.</param>
    /// <param name="classes">Of the style; may be empty.</param>
    /// <param name="x">Start, middle or end, as the style says.</param>
    /// <param name="y">Baseline.</param>
    /// <param name="text">Not escaped.</param>
    public static void AppendText(StringBuilder svg, string classes, double x, double y, string text)
    {
        svg.Append("<text");
        if (classes.Length > 0)
        {
            svg.Append(CultureInfo.InvariantCulture, $" class=\"{classes}\"");
        }

        svg.Append(CultureInfo.InvariantCulture, $" x=\"{Place(x)}\" y=\"{Place(y)}\">{ChartText.Escape(text)}</text>\n");
    }

    /// <summary>A coordinate to a hundredth of a pixel.</summary>
    public static string Place(double place) => ChartText.Fixed(place, 2, trim: true);
}
