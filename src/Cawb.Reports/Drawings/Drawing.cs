using System.Text;
using Cawb.Reports.Charts;
using Cawb.Reports.Files;

namespace Cawb.Reports.Drawings;

/// <summary>A picture of known size that is drawn as SVG: a chart, bars, a heat map, or several of them together.</summary>
public abstract class Drawing
{
    private protected Drawing(string title, int width, int height)
    {
        Title = ChartText.Checked(title, nameof(title), mayBeEmpty: true);
        (Width, Height) = (width, height);
    }

    /// <summary>What it shows, in a few words; may be empty.</summary>
    public string Title { get; }

    /// <summary>CSS pixels.</summary>
    public int Width { get; }

    /// <summary>CSS pixels.</summary>
    public int Height { get; }

    /// <summary>The whole document; encode it as UTF-8.</summary>
    public string ToSvg() => ToSvgElement("d") + "\n";

    /// <summary>The element alone, for a page.</summary>
    /// <param name="prefix">Of the ids inside; no other drawing of the page has it.</param>
    public string ToSvgElement(string prefix)
    {
        var svg = new StringBuilder(16 * 1024);
        Append(svg, ChartText.Escape(prefix));
        return svg.ToString();
    }

    /// <summary>The picture on its light ground, as a PNG file's bytes.</summary>
    /// <param name="pixelsPerCssPixel">1 to 4.</param>
    /// <exception cref="ArgumentOutOfRangeException">The enlargement is outside its range.</exception>
    /// <exception cref="FileException">It has a letter that no font has, or Skia cannot be loaded or does not draw.</exception>
    public byte[] ToPng(int pixelsPerCssPixel) => PngChart.Paint(ToSvg(), pixelsPerCssPixel);

    /// <summary>The element alone, with ids that start with <paramref name="prefix"/>.</summary>
    internal abstract void Append(StringBuilder svg, string prefix);
}
