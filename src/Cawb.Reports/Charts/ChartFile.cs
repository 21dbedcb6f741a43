using System.Text;
using Cawb.Reports.Files;

namespace Cawb.Reports.Charts;

/// <summary>Writes a chart in the format that the file's name asks for.</summary>
public static class ChartFile
{
    /// <summary>The endings that <see cref="Write"/> knows, with their dots.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".svg", ".html", ".png", ".txt"];

    /// <summary>Whether <see cref="Write"/> knows the ending of this name.</summary>
    /// <param name="path">Any path.</param>
    public static bool CanWrite(string path) => Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>Makes or replaces the file, whole or not at all.</summary>
    /// <param name="chart">What to show.</param>
    /// <param name="path">Ends in <c>.svg</c>, <c>.html</c>, <c>.png</c> (twice the pixels of <paramref name="size"/>) or <c>.txt</c> (100 columns of Unicode).</param>
    /// <param name="size">In CSS pixels.</param>
    /// <exception cref="FileException">The ending is another, the file cannot be written, or PNG lacks a letter or its painter.</exception>
    public static void Write(Chart chart, string path, ChartSize size)
    {
        ArgumentNullException.ThrowIfNull(chart);
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(size);
        var bytes = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".svg" => Encoding.UTF8.GetBytes(SvgChart.Render(chart, size)),
            ".html" => Encoding.UTF8.GetBytes(HtmlChart.Render(chart, size)),
            ".png" => PngChart.Render(chart, size, pixelsPerCssPixel: 2),
            ".txt" => Encoding.UTF8.GetBytes(TerminalChart.Render(chart, new TerminalSize(100, 28), TerminalLook.Unicode)),
            var other => throw new FileException(path, $"pictures of the kind '{other}' are not known. Let the name end in {string.Join(", ", Extensions)}."),
        };
        AtomicFile.Write(path, stream => stream.Write(bytes));
    }
}
