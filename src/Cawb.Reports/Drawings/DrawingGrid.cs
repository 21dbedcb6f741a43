using System.Globalization;
using System.Text;
using Cawb.Reports.Charts;

namespace Cawb.Reports.Drawings;

/// <summary>Several drawings in one picture, row by row, each column as wide as its widest and each row as high as its highest.</summary>
public sealed class DrawingGrid : Drawing
{
    private const int Edge = 10;
    private const int TitleHeight = 34;
    private readonly Drawing[] drawings;
    private readonly int columns;

    /// <param name="title">One line above all; may be empty.</param>
    /// <param name="columns">1 or more.</param>
    /// <param name="drawings">One at least, in the order of reading.</param>
    /// <exception cref="ArgumentException">There is no drawing or no column.</exception>
    public DrawingGrid(string title, int columns, IEnumerable<Drawing> drawings)
        : this(title, Math.Max(1, columns), [.. drawings])
    {
    }

    private DrawingGrid(string title, int columns, Drawing[] drawings)
        : base(title, Sum(Widths(drawings, columns)), Sum(Heights(drawings, columns)) + (title.Length > 0 ? TitleHeight : 0)) =>
        (this.drawings, this.columns) = (drawings.Length > 0 ? drawings : throw new ArgumentException("A grid needs at least one drawing.", nameof(drawings)), columns);

    internal override void Append(StringBuilder svg, string prefix)
    {
        SvgFrame.Begin(svg, Width, Height, prefix, Title, string.Join(" ", drawings.Select(drawing => drawing.Title + ".")), colours: 1);
        if (Title.Length > 0)
        {
            SvgFrame.AppendText(svg, "title", Edge + 4, Edge + 18, ChartText.Fit(Title, SvgLayout.TitleSize * 1.2, Width - (2 * Edge) - 8));
        }

        int[] widths = Widths(drawings, columns), heights = Heights(drawings, columns);
        for (var i = 0; i < drawings.Length; i++)
        {
            var (row, column) = (i / columns, i % columns);
            var left = Edge + widths[..column].Sum(width => width + Edge);
            var top = Edge + (Title.Length > 0 ? TitleHeight : 0) + heights[..row].Sum(height => height + Edge);
            svg.Append(CultureInfo.InvariantCulture, $"<g transform=\"translate({left} {top})\">\n");
            drawings[i].Append(svg, string.Create(CultureInfo.InvariantCulture, $"{prefix}{i}"));
            svg.Append("\n</g>\n");
        }

        svg.Append("</svg>");
    }

    private static int[] Widths(Drawing[] drawings, int columns) =>
        [.. Enumerable.Range(0, Math.Min(columns, drawings.Length)).Select(column => drawings.Where((_, i) => i % columns == column).Max(drawing => drawing.Width))];

    private static int[] Heights(Drawing[] drawings, int columns) => [.. drawings.Chunk(columns).Select(row => row.Max(drawing => drawing.Height))];

    private static int Sum(int[] sides) => sides.Sum() + ((sides.Length + 1) * Edge);
}
