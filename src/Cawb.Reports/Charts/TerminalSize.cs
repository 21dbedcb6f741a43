namespace Cawb.Reports.Charts;

/// <summary>Room for a chart in a terminal, axes and legend included.</summary>
public sealed record TerminalSize
{
    /// <summary>A size that leaves room for axes and a legend.</summary>
    /// <param name="columns">40 to 500.</param>
    /// <param name="rows">10 to 200.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side is outside its range.</exception>
    public TerminalSize(int columns, int rows)
    {
        if (columns is < 40 or > 500)
        {
            throw new ArgumentOutOfRangeException(nameof(columns), $"A chart takes 40 to 500 columns; got {columns}.");
        }
        if (rows is < 10 or > 200)
        {
            throw new ArgumentOutOfRangeException(nameof(rows), $"A chart takes 10 to 200 rows; got {rows}.");
        }
        (Columns, Rows) = (columns, rows);
    }

    /// <summary>Letters across.</summary>
    public int Columns { get; }

    /// <summary>Lines down.</summary>
    public int Rows { get; }

    /// <summary>The largest allowed size within a window.</summary>
    /// <param name="columns">Of the window; any number, 0 where it is unknown.</param>
    /// <param name="rows">Of the window; any number, 0 where it is unknown.</param>
    public static TerminalSize Within(int columns, int rows) =>
        new(columns <= 0 ? 100 : Math.Clamp(columns, 40, 160), rows <= 0 ? 28 : Math.Clamp(rows - 3, 10, 40));
}
