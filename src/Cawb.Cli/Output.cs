using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cawb.Insight;

namespace Cawb.Cli;

/// <summary>The forms in which commands print numbers, tables and JSON.</summary>
internal static class Output
{
    // Output goes to a terminal or a file, not into a page: quotes in sentences stay readable.
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The shortest digits that read back as the same number.</summary>
    public static string Exact(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Six significant digits.</summary>
    public static string Short(double value) => ScheduleInsight.Number(value);

    /// <summary>Columns under their headings, numbers to the right.</summary>
    public static void WriteTable(TextWriter output, IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows) =>
        Write(output, headings, rows, (cell, width) => cell.PadLeft(width));

    /// <summary>Columns under their headings, words to the left.</summary>
    public static void WriteWords(TextWriter output, IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows) =>
        Write(output, headings, rows, (cell, width) => cell.PadRight(width));

    private static void Write(TextWriter output, IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows, Func<string, int, string> pad)
    {
        IReadOnlyList<string>[] lines = [headings, .. rows];
        int[] widths = [.. headings.Select((_, column) => lines.Max(line => line[column].Length))];
        foreach (var line in lines)
        {
            output.WriteLine(string.Join("  ", line.Select((cell, column) => pad(cell, widths[column]))).TrimEnd());
        }
    }

    public static void WriteJson(TextWriter output, JsonNode node) => output.WriteLine(node.ToJsonString(Indented));

    public static JsonArray Array(IEnumerable<double> values) => [.. values.Select(value => (JsonNode)JsonValue.Create(value))];
}
