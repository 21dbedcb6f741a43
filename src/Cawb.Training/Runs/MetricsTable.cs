using System.Globalization;
using System.Text;
using Cawb.Reports.Files;

namespace Cawb.Training.Runs;

/// <summary>The rows of a <c>metrics.csv</c>, one per epoch.</summary>
public sealed record MetricsTable
{
    private readonly double[][] rows;

    private MetricsTable(MetricsColumns columns, double[][] rows) => (Columns, this.rows) = (columns, rows);

    /// <summary>What stands in each place of a row.</summary>
    public MetricsColumns Columns { get; }

    /// <summary>Number of finished epochs.</summary>
    public int RowCount => rows.Length;

    /// <summary>One column from the first epoch to the last.</summary>
    /// <param name="name">As in <see cref="Columns"/>.</param>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public double[] Column(string name)
    {
        var index = Columns.All.ToList().IndexOf(name);
        return index >= 0 ? [.. rows.Select(r => r[index])]
            : throw new ArgumentException($"There is no column '{name}'; there are {string.Join(", ", Columns.All)}.", nameof(name));
    }

    /// <summary>Whether there is a column of that name.</summary>
    /// <param name="name">As in <see cref="Columns"/>.</param>
    public bool Has(string name) => Columns.All.Contains(name, StringComparer.Ordinal);

    /// <summary>Reads the file while a run may still be writing it: a last line without line break is not there yet.</summary>
    /// <param name="path">A <c>metrics.csv</c>.</param>
    /// <exception cref="FileException">It cannot be read, or is not what a run writes; the message says the line.</exception>
    public static MetricsTable Read(string path)
    {
        string text;
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream, new UTF8Encoding(false));
            text = reader.ReadToEnd();
        }
        catch (Exception fault) when (FileFault.IsOne(fault))
        {
            throw FileFault.OfReading(path, fault);
        }
        return Parse(path, text);
    }

    internal static MetricsTable Parse(string path, string text)
    {
        // An editor or a version control system may have given the file other line ends.
        var rest = (text.Contains('\r', StringComparison.Ordinal) ? text.Replace("\r\n", "\n", StringComparison.Ordinal) : text).AsSpan();
        var end = rest.IndexOf('\n');
        if (end < 0)
        {
            throw new FileException(path, "has no complete first line; it must name the columns. The file was damaged: restore it, or start the run anew.");
        }
        var names = rest[..end].ToString().Split(',');
        MetricsColumns columns;
        try
        {
            var timeCount = names.Reverse().TakeWhile(n => n.EndsWith(MetricsColumns.TimeSuffix, StringComparison.Ordinal)).Count();
            columns = new MetricsColumns(names[..^timeCount], names[^timeCount..]);
        }
        catch (ArgumentException fault)
        {
            throw new FileException(path, $"line 1: {fault.Message} The file was damaged: restore it, or start the run anew.", fault);
        }
        var rows = new List<double[]>();
        // What follows the last line break is empty, or a line that is being written or was torn by a kill.
        for (rest = rest[(end + 1)..]; (end = rest.IndexOf('\n')) >= 0; rest = rest[(end + 1)..])
        {
            rows.Add(Row(path, rows.Count + 2, names, rest[..end]));
        }
        return new MetricsTable(columns, [.. rows]);
    }

    private static double[] Row(string path, int number, string[] names, ReadOnlySpan<char> line)
    {
        var row = new double[names.Length];
        if (line.Count(',') + 1 is var count && count != names.Length)
        {
            throw new FileException(path, $"line {number}: has {count} values; there are {names.Length} columns. The file was damaged: restore it, or start the run anew.");
        }
        var column = 0;
        foreach (var range in line.Split(','))
        {
            if (!double.TryParse(line[range], NumberStyles.Float, CultureInfo.InvariantCulture, out row[column]))
            {
                throw new FileException(path, $"line {number}: '{line[range]}' in column '{names[column]}' is not a number. The file was damaged: restore it, or start the run anew.");
            }
            column++;
        }
        return row;
    }
}
