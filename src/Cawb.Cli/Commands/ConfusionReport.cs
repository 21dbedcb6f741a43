using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Cawb.Coco;
using Cawb.Reports.Tables;
using Cawb.Training;

namespace Cawb.Cli.Commands;

/// <summary>A confusion matrix as text, JSON and CSV: a row for each true class, a column for each found one, <c>nothing</c> at both ends.</summary>
internal static class ConfusionReport
{
    private const string Nothing = "nothing";
    private const int LongestName = 12;

    // More columns do not fit into a window.
    private const int MostColumns = 13;
    private const int MostConfusions = 10;

    public static Option<double> ScoreOption() => new("--confusion-score")
    {
        Description = "Detections of this score or more enter the confusion matrix.",
        DefaultValueFactory = _ => 0.25,
        HelpName = "SCORE",
    };

    public static void RequireScore(double score)
    {
        if (!double.IsFinite(score))
        {
            throw new InputException(string.Create(CultureInfo.InvariantCulture, $"--confusion-score is {score}; it must be a finite number, 0.25 for example."));
        }
    }

    /// <summary>The whole matrix where it fits into a window, else the most frequent faults.</summary>
    public static string Text(CocoConfusionMatrix matrix, double minScore)
    {
        var text = new StringBuilder();
        if (matrix.Background >= MostColumns)
        {
            text.Append(CultureInfo.InvariantCulture, $"The most frequent faults (IoU 0.50, score {minScore:0.###} or more):\n");
            foreach (var (count, sentence) in Faults(matrix).OrderByDescending(fault => fault.Count).Take(MostConfusions))
            {
                text.Append(CultureInfo.InvariantCulture, $"{count,8} times {sentence}\n");
            }

            return text.ToString();
        }

        text.Append(CultureInfo.InvariantCulture, $"True class (rows) found as (columns), IoU 0.50, score {minScore:0.###} or more:\n");
        return text.Append(Table(matrix, Shortened).ToText()).ToString();
    }

    public static string Csv(CocoConfusionMatrix matrix) => $"# rows: true class; columns: found class\n{Table(matrix, name => name).ToCsv()}";

    public static void Write(Utf8JsonWriter json, CocoConfusionMatrix matrix, double minScore)
    {
        json.WriteStartObject("confusion");
        json.WriteNumber("minScore", minScore);
        json.WriteNumber("minIou", 0.5);
        json.WriteStartArray("classes");
        for (var i = 0; i <= matrix.Background; i++)
        {
            json.WriteStringValue(Name(matrix, i));
        }

        json.WriteEndArray();
        json.WriteStartArray("counts");
        for (var row = 0; row <= matrix.Background; row++)
        {
            // A row of eighty numbers on eighty lines would be unreadable.
            json.WriteRawValue($"[{string.Join(", ", Counts(matrix, row))}]");
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static TextTable Table(CocoConfusionMatrix matrix, Func<string, string> shown)
    {
        string[] names = [.. Enumerable.Range(0, matrix.Background + 1).Select(i => shown(Name(matrix, i)))];
        var table = new TextTable(["<", .. names]);
        for (var row = 0; row < names.Length; row++)
        {
            table.Add([names[row], .. Counts(matrix, row)]);
        }

        return table;
    }

    private static string[] Counts(CocoConfusionMatrix matrix, int row) =>
        [.. Enumerable.Range(0, matrix.Background + 1).Select(column => matrix[row, column].ToString(CultureInfo.InvariantCulture))];

    private static IEnumerable<(int Count, string Sentence)> Faults(CocoConfusionMatrix matrix) =>
        from row in Enumerable.Range(0, matrix.Background + 1)
        from column in Enumerable.Range(0, matrix.Background + 1)
        where row != column && matrix[row, column] > 0
        select (matrix[row, column], row == matrix.Background ? $"{Name(matrix, column)} found where nothing is"
            : column == matrix.Background ? $"{Name(matrix, row)} not found"
            : $"{Name(matrix, row)} found as {Name(matrix, column)}");

    private static string Name(CocoConfusionMatrix matrix, int index) => index == matrix.Background ? Nothing : matrix.Categories[index].Name;

    private static string Shortened(string name) => name.Length > LongestName ? name[..(LongestName - 1)] + "…" : name;
}
