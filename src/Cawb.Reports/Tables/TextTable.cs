using System.Text;

namespace Cawb.Reports.Tables;

/// <summary>A table of texts that comes out as aligned columns, as Markdown or as CSV.</summary>
public sealed class TextTable
{
    private readonly string[] heads;
    private readonly bool[] isLeft;
    private readonly List<string[]> rows = [];

    /// <summary>An empty table.</summary>
    /// <param name="heads">One for each column. A head that starts with <c>&lt;</c> (which is not shown) makes its column left-aligned; the others, of numbers, are right-aligned.</param>
    public TextTable(params ReadOnlySpan<string> heads)
    {
        this.heads = [.. heads];
        isLeft = [.. this.heads.Select(h => h.StartsWith('<'))];
        for (var i = 0; i < this.heads.Length; i++)
        {
            this.heads[i] = isLeft[i] ? this.heads[i][1..] : this.heads[i];
        }
    }

    /// <summary>The rows without the heads.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Rows => rows;

    /// <summary>Of the columns.</summary>
    public IReadOnlyList<string> Heads => heads;

    /// <summary>Whether a column is of texts, which stand at its left edge.</summary>
    /// <param name="column">0-based.</param>
    public bool IsLeft(int column) => isLeft[column];

    /// <summary>Adds a row.</summary>
    /// <param name="cells">One for each column.</param>
    /// <exception cref="ArgumentException">There are more or fewer cells than columns.</exception>
    public TextTable Add(params ReadOnlySpan<string> cells)
    {
        if (cells.Length != heads.Length)
        {
            throw new ArgumentException($"A row of this table has {heads.Length} cells; got {cells.Length}.", nameof(cells));
        }
        rows.Add(cells.ToArray());
        return this;
    }

    /// <summary>Columns aligned with spaces, a line under the heads.</summary>
    public string ToText()
    {
        var widths = Widths();
        var text = new StringBuilder();
        AppendAligned(text, heads, widths);
        text.AppendJoin("  ", widths.Select(w => new string('-', w))).Append('\n');
        foreach (var row in rows)
        {
            AppendAligned(text, row, widths);
        }
        return text.ToString();
    }

    /// <summary>A Markdown table.</summary>
    public string ToMarkdown()
    {
        var text = new StringBuilder();
        AppendMarkdown(text, heads);
        text.Append("| ").AppendJoin(" | ", isLeft.Select(left => left ? "---" : "---:")).Append(" |\n");
        foreach (var row in rows)
        {
            AppendMarkdown(text, row);
        }
        return text.ToString();
    }

    /// <summary>Comma-separated values, quoted where needed (RFC 4180), with line feeds.</summary>
    public string ToCsv()
    {
        var text = new StringBuilder();
        foreach (var row in rows.Prepend(heads))
        {
            text.AppendJoin(',', row.Select(Quoted)).Append('\n');
        }
        return text.ToString();
    }

    private static string Quoted(string cell) => cell.AsSpan().ContainsAny(',', '"', '\n')
        ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : cell;

    private static void AppendMarkdown(StringBuilder text, IEnumerable<string> row) =>
        text.Append("| ").AppendJoin(" | ", row.Select(c => c.Replace("|", "\\|", StringComparison.Ordinal))).Append(" |\n");

    private int[] Widths() => [.. Enumerable.Range(0, heads.Length).Select(i => rows.Select(r => r[i].Length).Append(heads[i].Length).Max())];

    private void AppendAligned(StringBuilder text, string[] row, int[] widths)
    {
        var line = string.Join("  ", row.Select((cell, i) => isLeft[i] ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i])));
        text.Append(line.TrimEnd()).Append('\n');
    }
}
