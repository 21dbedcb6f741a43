using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Cawb.Detection.Data;
using Cawb.Reports.Tables;

namespace Cawb.Cli.Commands;

/// <summary>What <c>cawb data check</c> says: the same numbers as text and as JSON.</summary>
internal static class DataCheckReport
{
    // More fill a window; --json and --html have them all.
    private const int MostClasses = 100;

    private static readonly double[] Fractions = [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1];

    public static IEnumerable<ProblemGroup> WorstFirst(DatasetReport report) => report.Problems.OrderByDescending(group => group.Severity).ThenBy(group => group.Kind);

    public static string Verdict(DatasetReport report) => report.Severity switch
    {
        ProblemSeverity.Error => "Training would not start.",
        ProblemSeverity.Warning => "Training would start; see the warnings.",
        _ => "The data set is sound.",
    };

    public static string Heading(ProblemGroup group) => $"{group.Severity}: {group.Title} ({Number(group.Count)})";

    public static string ToText(DatasetReport report)
    {
        var text = new StringBuilder();
        text.Append(Counts(report)).Append('\n');
        if (report.Training.Instances + report.Validation.Instances > 0)
        {
            text.Append('\n').Append(Classes(report, MostClasses).ToText());
            text.Append(report.ClassNames.Count > MostClasses ? $"and {Number(report.ClassNames.Count - MostClasses)} more classes\n" : "");
            text.Append('\n').Append(Sizes(report).ToText());
        }

        foreach (var group in WorstFirst(report))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{Heading(group)}\n");
            foreach (var example in group.Examples)
            {
                text.Append(CultureInfo.InvariantCulture, $"  {example.Path}: {example.Text}\n");
            }

            text.Append(group.Count > group.Examples.Count ? $"  ... and {Number(group.Count - group.Examples.Count)} more\n" : "");
        }

        return text.Append('\n').Append(Verdict(report)).Append('\n').ToString();
    }

    public static string Counts(DatasetReport report) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Counted.Of(report.ClassNames.Count, "class", "classes")}; training: {Part(report.Training)}; validation: {Part(report.Validation)}");

    /// <summary>Instances and images of each class.</summary>
    public static TextTable Classes(DatasetReport report, int most)
    {
        var table = new TextTable("<class", "train instances", "train images", "val instances", "val images");
        foreach (var (training, validation) in report.Training.Classes.Zip(report.Validation.Classes).Take(most))
        {
            table.Add(training.Name, Number(training.Instances), Number(training.Images), Number(validation.Instances), Number(validation.Images));
        }

        return table;
    }

    /// <summary>How large boxes are.</summary>
    public static TextTable Sizes(DatasetReport report)
    {
        var table = new TextTable("<box sizes", "small", "medium", "large", "smallest", "5 %", "25 %", "median", "75 %", "95 %", "largest");
        foreach (var (name, part) in new[] { ("train", report.Training), ("val", report.Validation) })
        {
            table.Add([
                name, Number(part.Small), Number(part.Medium), Number(part.Large),
                .. Fractions.Select(fraction => part.Instances == 0 ? "-" : part.SideAt(fraction).ToString("0.#", CultureInfo.InvariantCulture))]);
        }

        return table;
    }

    public static JsonObject ToJson(DatasetReport report) => new()
    {
        ["severity"] = Word(report.Severity.ToString()),
        ["classes"] = new JsonArray([.. report.ClassNames.Select(name => (JsonNode)name)]),
        ["training"] = ToJson(report.Training),
        ["validation"] = ToJson(report.Validation),
        ["problems"] = new JsonArray([.. WorstFirst(report).Select(group => (JsonNode)new JsonObject
        {
            ["kind"] = Word(group.Kind.ToString()),
            ["severity"] = Word(group.Severity.ToString()),
            ["count"] = group.Count,
            ["examples"] = new JsonArray([.. group.Examples.Select(example => (JsonNode)new JsonObject { ["path"] = example.Path, ["text"] = example.Text })]),
        })]),
    };

    private static JsonObject ToJson(PartStatistics part) => new()
    {
        ["images"] = part.Images,
        ["backgrounds"] = part.Backgrounds,
        ["instances"] = part.Instances,
        ["classes"] = new JsonArray([.. part.Classes.Select(one => (JsonNode)new JsonObject { ["name"] = one.Name, ["instances"] = one.Instances, ["images"] = one.Images })]),
        ["boxSizes"] = new JsonObject
        {
            ["small"] = part.Small,
            ["medium"] = part.Medium,
            ["large"] = part.Large,
            ["sides"] = new JsonArray([.. (part.Instances == 0 ? [] : Fractions).Select(fraction => (JsonNode)new JsonObject { ["fraction"] = fraction, ["pixels"] = part.SideAt(fraction) })]),
        },
        ["smallestImage"] = Output.Array([part.SmallestImage.Width, part.SmallestImage.Height]),
        ["largestImage"] = Output.Array([part.LargestImage.Width, part.LargestImage.Height]),
    };

    private static string Part(PartStatistics part)
    {
        var ((least, leastHeight), (most, mostHeight)) = (part.SmallestImage, part.LargestImage);
        var backgrounds = part.Backgrounds == 0 ? "" : $" ({Number(part.Backgrounds)} background)";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Counted.Of(part.Images, "image")}{backgrounds} of {least} x {leastHeight}{((least, leastHeight) == (most, mostHeight) ? "" : $" to {most} x {mostHeight}")} pixels, {Counted.Of(part.Instances, "instance")}");
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Word(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
