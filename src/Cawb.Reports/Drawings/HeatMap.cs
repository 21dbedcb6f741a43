using System.Globalization;
using System.Text;
using Cawb.Reports.Charts;

namespace Cawb.Reports.Drawings;

/// <summary>A value for each cell of a grid as the strength of a colour, with a scale beside it; cells of value 0 stay empty.</summary>
public sealed class HeatMap : Drawing
{
    private const double Edge = 14;
    private const double ScaleWidth = 74;
    private const double LongestName = 150;
    private const int Levels = 40;
    private const int ScaleSteps = 20;

    // From here on a number is written in white.
    private const double Dark = 0.55;

    private readonly HeatMapAxis columns;
    private readonly HeatMapAxis rows;
    private readonly double[] values;
    private readonly Frame frame;

    /// <summary>Square cells where both axes are of names or of equal counts; the height follows from the width.</summary>
    /// <param name="title">One line above; may be empty.</param>
    /// <param name="width">320 to 4000 CSS pixels.</param>
    /// <param name="columns">From left to right.</param>
    /// <param name="rows">From top to bottom unless it says otherwise.</param>
    /// <param name="value">Of a row and a column, 0 or more and finite.</param>
    public HeatMap(string title, int width, HeatMapAxis columns, HeatMapAxis rows, Func<int, int, double> value)
        : this(title, width, columns, rows, Frame.Of(width, columns, rows))
    {
        ArgumentNullException.ThrowIfNull(value);
        values = [.. Enumerable.Range(0, rows.Count).SelectMany(row => Enumerable.Range(0, columns.Count).Select(column => value(row, column)))];
        Maximum = values.Max() is > 0 and var most ? most : 1;
    }

    private HeatMap(string title, int width, HeatMapAxis columns, HeatMapAxis rows, Frame frame)
        : base(title, width, frame.Height) => (this.columns, this.rows, this.frame, values) = (columns, rows, frame, []);

    /// <summary>The value of the full colour; the highest one unless set.</summary>
    public double Maximum { get; init; }

    /// <summary>Whether the colour follows the square root of the value, so that rare cells show beside frequent ones.</summary>
    public bool IsRoot { get; init; }

    /// <summary>How a cell writes its value, such as <c>0.00</c>; empty for no numbers.</summary>
    public string NumberFormat { get; init; } = "";

    internal override void Append(StringBuilder svg, string prefix)
    {
        SvgFrame.Begin(svg, Width, Height, prefix, Title, $"{rows.Label} (rows) over {columns.Label} (columns).", colours: 1);
        SvgFrame.AppendText(svg, "title", Edge, Edge + 16, ChartText.Fit(Title, SvgLayout.TitleSize * 1.2, Width - (2 * Edge)));
        AppendCells(svg);
        svg.Append(CultureInfo.InvariantCulture, $"<path class=\"axis\" d=\"M{N(frame.Left)} {N(frame.Top)}H{N(frame.Right)}V{N(frame.Bottom)}H{N(frame.Left)}z\"/>\n");
        AppendColumnNames(svg);
        AppendRowNames(svg);
        AppendScale(svg);
        svg.Append("</svg>");
    }

    private void AppendCells(StringBuilder svg)
    {
        foreach (var level in values.Select((value, cell) => (Level: (int)Math.Round(Levels * Strength(value)), Cell: cell)).Where(one => one.Level > 0).GroupBy(one => one.Level).OrderBy(group => group.Key))
        {
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"f0\" fill-opacity=\"{N((double)level.Key / Levels)}\" d=\"");
            foreach (var (_, cell) in level)
            {
                svg.Append(CultureInfo.InvariantCulture, $"M{N(X(cell % columns.Count))} {N(Y(cell / columns.Count))}h{N(frame.CellWidth)}v{N(frame.CellHeight)}h{N(-frame.CellWidth)}z");
            }

            svg.Append("\"/>\n");
        }

        for (var cell = 0; cell < values.Length && NumberFormat.Length > 0; cell++)
        {
            if (values[cell] > 0)
            {
                var text = values[cell].ToString(NumberFormat, CultureInfo.InvariantCulture);
                svg.Append(CultureInfo.InvariantCulture, $"<text class=\"middle\" style=\"font-size:{N(frame.NumberSize)}px{(Strength(values[cell]) > Dark ? ";fill:#fff" : "")}\" ");
                svg.Append(CultureInfo.InvariantCulture, $"x=\"{N(X(cell % columns.Count) + (frame.CellWidth / 2))}\" y=\"{N(Y(cell / columns.Count) + (frame.CellHeight / 2) + (frame.NumberSize * 0.36))}\">{text}</text>\n");
            }
        }
    }

    private void AppendColumnNames(StringBuilder svg)
    {
        for (var i = 0; i < columns.Names.Count; i++)
        {
            var (x, y) = (X(i) + (frame.CellWidth / 2), frame.Bottom + 6);
            var name = ChartText.Escape(ChartText.Fit(columns.Names[i], frame.NameSize, LongestName));
            svg.Append(ChartText.Width(columns.Names[i], frame.NameSize) > frame.CellWidth - 4
                ? string.Create(CultureInfo.InvariantCulture, $"<text class=\"end\" style=\"font-size:{N(frame.NameSize)}px\" transform=\"translate({N(x + (frame.NameSize * 0.36))} {N(y)}) rotate(-90)\">{name}</text>\n")
                : string.Create(CultureInfo.InvariantCulture, $"<text class=\"middle\" style=\"font-size:{N(frame.NameSize)}px\" x=\"{N(x)}\" y=\"{N(y + frame.NameSize)}\">{name}</text>\n"));
        }

        svg.Append("<g class=\"tick middle\">\n");
        foreach (var (place, label) in Frame.Ticks(columns, frame.Right - frame.Left))
        {
            SvgFrame.AppendText(svg, "", frame.Left + place, frame.Bottom + 18, label);
        }

        svg.Append("</g>\n");
        SvgFrame.AppendText(svg, "label middle", (frame.Left + frame.Right) / 2, Height - Edge, columns.Label);
    }

    private void AppendRowNames(StringBuilder svg)
    {
        for (var i = 0; i < rows.Names.Count; i++)
        {
            var name = ChartText.Escape(ChartText.Fit(rows.Names[i], frame.NameSize, LongestName));
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"end\" style=\"font-size:{N(frame.NameSize)}px\" x=\"{N(frame.Left - 6)}\" y=\"{N(Y(i) + (frame.CellHeight / 2) + (frame.NameSize * 0.36))}\">{name}</text>\n");
        }

        svg.Append("<g class=\"tick end\">\n");
        foreach (var (place, label) in Frame.Ticks(rows, frame.Bottom - frame.Top))
        {
            SvgFrame.AppendText(svg, "", frame.Left - 7, (rows.IsFromBottom ? frame.Bottom - place : frame.Top + place) + 4, label);
        }

        svg.Append("</g>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"label middle\" transform=\"translate(24 {N((frame.Top + frame.Bottom) / 2)}) rotate(-90)\">{ChartText.Escape(rows.Label)}</text>\n");
    }

    private void AppendScale(StringBuilder svg)
    {
        var (left, bottom) = (frame.Right + 16, Math.Min(frame.Bottom, frame.Top + 220));
        var step = (bottom - frame.Top) / ScaleSteps;
        for (var i = 0; i < ScaleSteps; i++)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"f0\" fill-opacity=\"{N((i + 1.0) / ScaleSteps)}\" x=\"{N(left)}\" y=\"{N(bottom - ((i + 1) * step))}\" width=\"14\" height=\"{N(step)}\"/>\n");
        }

        svg.Append("<g class=\"tick\">\n");
        foreach (var share in (ReadOnlySpan<double>)[0, 0.5, 1])
        {
            SvgFrame.AppendText(svg, "", left + 19, bottom - (share * (bottom - frame.Top)) + 4, ChartText.Number(Maximum * (IsRoot ? share * share : share), 3));
        }

        svg.Append("</g>\n");
    }

    private double Strength(double value)
    {
        var share = Math.Clamp(value / Maximum, 0, 1);
        return IsRoot ? Math.Sqrt(share) : share;
    }

    private double X(int column) => frame.Left + (column * frame.CellWidth);

    private double Y(int row) => frame.Top + ((rows.IsFromBottom ? rows.Count - 1 - row : row) * frame.CellHeight);

    private static string N(double place) => SvgFrame.Place(place);

    /// <summary>Where everything stands.</summary>
    private sealed record Frame(double Left, double Top, double CellWidth, double CellHeight, int Columns, int Rows, double NameSize, int Height)
    {
        public double Right => Left + (Columns * CellWidth);

        public double Bottom => Top + (Rows * CellHeight);

        public double NumberSize => Math.Min(13, CellWidth * 0.32);

        public static Frame Of(int width, HeatMapAxis columns, HeatMapAxis rows)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(width, 320);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(width, 4000);
            var rough = (width - (2 * Edge) - ScaleWidth) / Math.Max(columns.Count, rows.Count);
            var nameSize = Math.Clamp(rough * 0.8, 6, SvgLayout.LabelSize);
            double Widest(HeatMapAxis axis) => axis.Names.Count > 0
                ? axis.Names.Max(name => Math.Min(LongestName, ChartText.Width(name, nameSize)))
                : Ticks(axis, 300).Max(tick => ChartText.Width(tick.Label, SvgLayout.TickSize));
            var left = Edge + 22 + Widest(rows) + 6;
            var side = (width - Edge - ScaleWidth - left) / columns.Count;
            var turns = columns.Names.Count > 0 && Widest(columns) > side - 4;
            var height = columns.Names.Count > 0 && rows.Names.Count > 0 ? side : side * columns.Count / rows.Count;
            var below = columns.Names.Count == 0 ? 24 : turns ? Widest(columns) + 12 : nameSize + 12;
            return new Frame(left, 48, side, height, columns.Count, rows.Count, nameSize, (int)Math.Ceiling(48 + (height * rows.Count) + below + 20 + Edge));
        }

        /// <summary>Marks of a range, with their distance from its start.</summary>
        public static IEnumerable<(double Place, string Label)> Ticks(HeatMapAxis axis, double length) => axis.Names.Count > 0
            ? []
            : AxisTicks.Linear(axis.Minimum, axis.Maximum, (int)Math.Clamp(length / 60, 2, 11), mayGrow: false, isWhole: false).Ticks
                .Select(tick => ((tick.Value - axis.Minimum) / (axis.Maximum - axis.Minimum) * length, tick.Label));
    }
}
