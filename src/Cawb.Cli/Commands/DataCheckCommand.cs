using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Cawb.Detection.Data;

namespace Cawb.Cli.Commands;

/// <summary><c>cawb data check</c>: every problem of a data set.</summary>
internal static class DataCheckCommand
{
    private const string Help = """
        Looks at every label and every pixel of a data set, and lists each kind of problem with its count and the first five places.
        Exit code 0: sound; 1: warnings; 2: errors that forbid training.

        Examples:
          cawb data check data/digits
          cawb data check mine.yaml --json
        """;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    public static Command Create()
    {
        var data = new Argument<string>("DATA") { Description = "COCO folder or YOLO description (.yaml)." };
        var json = new Option<bool>("--json") { Description = "JSON instead of text." };
        var command = new Command("check", Help) { data, json };
        command.SetAction(result =>
        {
            using var interruption = new Interruption();
            var report = DatasetCheck.Run(result.GetRequiredValue(data), new Progress(result.InvocationConfiguration.Error), interruption.Token);
            var output = result.InvocationConfiguration.Output;
            if (result.GetValue(json))
            {
                Output.WriteJson(output, ToJson(report));
            }
            else
            {
                Write(report, output);
            }

            return report.Severity switch
            {
                ProblemSeverity.Error => ExitCode.BadInput,
                ProblemSeverity.Warning => ExitCode.Failed,
                _ => ExitCode.Done,
            };
        });
        return command;
    }

    private static IEnumerable<ProblemGroup> WorstFirst(DatasetReport report) => report.Problems.OrderByDescending(group => group.Severity).ThenBy(group => group.Kind);

    private static void Write(DatasetReport report, TextWriter output)
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.ClassNames.Count} classes; training: {report.TrainingImages} pictures, {report.TrainingBoxes} boxes; validation: {report.ValidationImages} pictures, {report.ValidationBoxes} boxes"));
        foreach (var group in WorstFirst(report))
        {
            output.WriteLine();
            output.WriteLine($"{group.Severity}: {group.Kind}, {group.Count.ToString(CultureInfo.InvariantCulture)} {(group.Count == 1 ? "time" : "times")}");
            foreach (var example in group.Examples)
            {
                output.WriteLine($"  {example.Path}: {example.Text}");
            }

            if (group.Count > group.Examples.Count)
            {
                output.WriteLine($"  ... and {(group.Count - group.Examples.Count).ToString(CultureInfo.InvariantCulture)} more");
            }
        }

        output.WriteLine();
        output.WriteLine(report.Severity switch
        {
            ProblemSeverity.Error => "Training would not start.",
            ProblemSeverity.Warning => "Training would start; see the warnings.",
            _ => "The data set is sound.",
        });
    }

    private static JsonObject ToJson(DatasetReport report) => new()
    {
        ["severity"] = Word(report.Severity.ToString()),
        ["classes"] = new JsonArray([.. report.ClassNames.Select(name => (JsonNode)name)]),
        ["training"] = new JsonObject { ["pictures"] = report.TrainingImages, ["boxes"] = report.TrainingBoxes },
        ["validation"] = new JsonObject { ["pictures"] = report.ValidationImages, ["boxes"] = report.ValidationBoxes },
        ["problems"] = new JsonArray([.. WorstFirst(report).Select(group => (JsonNode)new JsonObject
        {
            ["kind"] = Word(group.Kind.ToString()),
            ["severity"] = Word(group.Severity.ToString()),
            ["count"] = group.Count,
            ["examples"] = new JsonArray([.. group.Examples.Select(example => (JsonNode)new JsonObject { ["path"] = example.Path, ["text"] = example.Text })]),
        })]),
    };

    private static string Word(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    /// <summary>A line now and then on the error output, so that the result can still be piped.</summary>
    private sealed class Progress(TextWriter output) : IProgress<DatasetCheckProgress>
    {
        private readonly Lock gate = new();
        private readonly Stopwatch watch = Stopwatch.StartNew();
        private TimeSpan said;

        public void Report(DatasetCheckProgress value)
        {
            lock (gate)
            {
                var now = watch.Elapsed;
                if (now - said < Pause)
                {
                    return;
                }

                said = now;
                var left = TimeSpan.FromSeconds(Math.Ceiling(now.TotalSeconds * (value.Total - value.Done) / value.Done));
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{value.Done} of {value.Total} pictures decoded, {left:h\\:mm\\:ss} left"));
            }
        }
    }
}
