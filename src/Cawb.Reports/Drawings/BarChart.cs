using System.Globalization;
using System.Text;
using Cawb.Reports.Charts;

namespace Cawb.Reports.Drawings;

/// <summary>Bars one below the other, each with its name and its value.</summary>
public sealed class BarChart : Drawing
{
    private const double Edge = 14;
    private const double Top = 48;
    private const double RowHeight = 21;
    private const double MostNameShare = 0.4;
    private readonly BarRow[] rows;

    /// <summary>Its height follows from the number of rows.</summary>
    /// <param name="title">One line above the bars; may be empty.</param>
    /// <param name="width">320 to 4000 CSS pixels.</param>
    /// <param name="rows">From top to bottom; one at least.</param>
    /// <exception cref="ArgumentException">There is no row, or a value is negative or infinite.</exception>
    public BarChart(string title, int width, IEnumerable<BarRow> rows)
        : this(title, width, [.. rows])
    {
    }

    private BarChart(string title, int width, BarRow[] rows)
        : base(title, width, (int)(Top + (rows.Length * RowHeight) + Edge))
    {
        if (rows.Length == 0 || rows.Any(row => row.Value < 0 || double.IsInfinity(row.Value)))
        {
            throw new ArgumentException("A bar chart needs at least one row; values are 0 or more and finite.", nameof(rows));
        }

        this.rows = rows;
    }

    internal override void Append(StringBuilder svg, string prefix)
    {
        SvgFrame.Begin(svg, Width, Height, prefix, Title, string.Join(' ', rows.Select(row => double.IsNaN(row.Value) ? row.Name + "." : $"{row.Name}: {Number(row)}.")), colours: 1);
        SvgFrame.AppendText(svg, "title", Edge, Edge + 16, ChartText.Fit(Title, SvgLayout.TitleSize * 1.2, Width - (2 * Edge)));
        var bars = rows.Where(row => !double.IsNaN(row.Value)).ToArray();
        var left = Math.Min(Width * MostNameShare, Edge + bars.Select(row => ChartText.Width(row.Name, SvgLayout.LabelSize)).DefaultIfEmpty(0).Max() + 10);
        var room = Width - left - Edge - bars.Select(row => ChartText.Width(Number(row), SvgLayout.TickSize)).DefaultIfEmpty(0).Max() - 8;
        var most = bars.Select(row => row.Value).DefaultIfEmpty(0).Max();
        for (var i = 0; i < rows.Length; i++)
        {
            var (row, middle) = (rows[i], Top + ((i + 0.5) * RowHeight));
            if (double.IsNaN(row.Value))
            {
                SvgFrame.AppendText(svg, "note", left, middle + 4, row.Name);
                continue;
            }

            var length = most > 0 ? room * row.Value / most : 0;
            SvgFrame.AppendText(svg, "label end", left - 8, middle + 4.5, ChartText.Fit(row.Name, SvgLayout.LabelSize, left - Edge - 8));
            svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"f0\" x=\"{SvgFrame.Place(left)}\" y=\"{SvgFrame.Place(middle - 7)}\" width=\"{SvgFrame.Place(length)}\" height=\"14\"/>\n");
            svg.Append("<g class=\"tick\">");
            SvgFrame.AppendText(svg, "", left + length + 6, middle + 4, Number(row));
            svg.Append("</g>\n");
        }

        svg.Append("</svg>");
    }

    private static string Number(BarRow row) => ChartText.Number(row.Value, 6);
}
