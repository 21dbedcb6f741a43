using System.Globalization;

namespace Cawb.Training.Audit;

/// <summary>Reads rates from a CSV file with a line of names: those of <c>metrics.csv</c>, of YOLOv5's <c>results.csv</c>, or of anybody's.</summary>
public static class CsvRates
{
    private static readonly string[] StepNames = ["batch", "step", "iteration", "iter", "global_step", "globalstep", "epoch"];

    /// <summary>The columns of rates.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">Their names; empty for all whose name says learning rate.</param>
    /// <param name="at">The column that counts batches or epochs; null for one of the usual names.</param>
    /// <exception cref="InputException">The file cannot be read, a column is missing, or a cell is no number.</exception>
    public static AppliedRates Read(string path, IReadOnlyList<string> columns, string? at)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path} cannot be read: {exception.Message} Check the path.", exception);
        }

        return Parse(path, lines, columns, at);
    }

    /// <summary>The columns of rates of a text.</summary>
    /// <param name="source">Where it comes from, for messages.</param>
    /// <param name="lines">Of the text.</param>
    /// <param name="columns">Their names; empty for all whose name says learning rate.</param>
    /// <param name="at">The column that counts batches or epochs; null for one of the usual names.</param>
    /// <exception cref="InputException">A column is missing, or a cell is no number.</exception>
    public static AppliedRates Parse(string source, IReadOnlyList<string> lines, IReadOnlyList<string> columns, string? at)
    {
        ArgumentNullException.ThrowIfNull(lines);
        ArgumentNullException.ThrowIfNull(columns);
        var names = lines.Count == 0 ? [] : Cells(lines[0]);
        var step = at is not null ? IndexOf(source, names, at) : Array.FindIndex(names, name => StepNames.Contains(Plain(name)));
        if (step < 0)
        {
            throw new InputException($"{source}: no column counts batches or epochs by one of the usual names ({string.Join(", ", StepNames)}). Rename it, or name it with --at of cawb audit. The columns are {string.Join(", ", names)}.");
        }

        var chosen = columns.Count > 0 ? [.. columns.Select(column => IndexOf(source, names, column))] : Enumerable.Range(0, names.Length).Where(column => IsRate(names[column])).ToList();
        if (chosen.Count == 0)
        {
            throw new InputException($"{source}: no column is named like a learning rate (lr, learning_rate, ...). Rename it, or name it with --column of cawb audit. The columns are {string.Join(", ", names)}.");
        }

        var rows = chosen.Select(_ => new List<(double, double)>()).ToList();
        for (var line = 1; line < lines.Count; line++)
        {
            if (lines[line].Trim().Length == 0)
            {
                continue;
            }

            var cells = Cells(lines[line]);
            if (cells.Length != names.Length)
            {
                throw new InputException($"{source}, line {line + 1}: {cells.Length} cells for {names.Length} columns. Delete the line if the run was killed while it wrote it.");
            }

            for (var i = 0; i < chosen.Count; i++)
            {
                // Loggers leave a cell empty where they logged something else.
                if (cells[chosen[i]].Length > 0 && cells[step].Length > 0)
                {
                    rows[i].Add((Number(source, line, names[step], cells[step]), Number(source, line, names[chosen[i]], cells[chosen[i]])));
                }
            }
        }

        return new AppliedRates(source, names[step], [.. chosen.Zip(rows, (column, found) => new AppliedColumn(names[column], found))]);
    }

    private static string[] Cells(string line) => [.. line.TrimStart('\uFEFF').Split(',').Select(cell => cell.Trim().Trim('"').Trim())];

    private static string Plain(string name) => name.ToLowerInvariant().Replace(' ', '_');

    private static bool IsRate(string name) => Plain(name) is var plain && (plain.Contains("learning_rate", StringComparison.Ordinal) || plain.Contains("learningrate", StringComparison.Ordinal)
        || plain.Split('/', '_', '-', '.').Any(part => part == "lr" || (part.StartsWith("lr", StringComparison.Ordinal) && part[2..].All(char.IsAsciiDigit))));

    private static int IndexOf(string source, string[] names, string name) => Array.IndexOf(names, name) is var index and >= 0
        ? index
        : throw new InputException($"{source} has no column '{name}'.{NearestName.Suggestion(name, names)} The columns are {string.Join(", ", names)}.");

    private static double Number(string source, int line, string column, string cell) =>
        double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : throw new InputException($"{source}, line {line + 1}, column {column}: '{cell}' is no finite number.");
}
