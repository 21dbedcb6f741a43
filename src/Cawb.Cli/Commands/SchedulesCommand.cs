using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cawb.Foreign;
using Cawb.Reports.Charts;
using Cawb.Training;
using Cawb.Training.Runs;
using Cawb.Types;

namespace Cawb.Cli.Commands;

/// <summary><c>cawb schedules</c>: what schedules there are, and what each takes.</summary>
internal static class SchedulesCommand
{
    private const int ExampleEpochs = 100;
    private const int BatchesPerEpoch = 20;
    private const int PictureWidth = 72;
    private const int PictureHeight = 12;

    private const string Help = """
        Lists the types of schedules, or shows one: what it takes, in which range, with which default, a small chart, and JSON to paste. A library's name lists its functions.

        Examples:
          cawb schedules
          cawb schedules oneCycle
          cawb schedules torch
          cawb schedules torch.OneCycleLR
        """;

    public static Command Create()
    {
        var name = new Argument<string?>("name") { Description = "A type, a library, or a library's function.", Arity = ArgumentArity.ZeroOrOne };
        var json = new Option<bool>("--json") { Description = "Print names, parameters and examples as JSON." };
        var command = new Command("schedules", Help) { name, json };
        command.SetAction(result =>
        {
            var output = result.InvocationConfiguration.Output;
            var asked = result.GetValue(name);
            var isJson = result.GetValue(json);
            if (asked is null)
            {
                List(output, isJson);
            }
            else if (ScheduleType.Find(asked) is { } type)
            {
                Show(output, type, isJson);
            }
            else if (ForeignSchedules.Names.Contains(asked))
            {
                Show(output, asked, isJson);
            }
            else if (ForeignSchedules.Names.Where(function => Library(function) == asked).ToList() is { Count: > 0 } functions)
            {
                List(output, functions, isJson);
            }
            else
            {
                throw new InputException(
                    $"There is no schedule or library '{asked}'.{NearestName.Suggestion(asked, ScheduleType.All.Select(known => known.Name).Concat(ForeignSchedules.Names))} The types are {string.Join(", ", ScheduleType.All.Select(known => known.Name))}; the libraries are {string.Join(", ", Libraries())}.");
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static void List(TextWriter output, bool isJson)
    {
        if (isJson)
        {
            Output.WriteJson(output, new JsonObject
            {
                ["types"] = new JsonArray([.. ScheduleType.All.Select(type => (JsonNode)Json(type))]),
                ["libraries"] = new JsonArray([.. Libraries().Select(library => (JsonNode)JsonValue.Create(library))]),
            });
            return;
        }

        Output.WriteWords(output, ["type", "what it is"], ScheduleType.All.Select(type => (IReadOnlyList<string>)[type.Name, type.Summary]));
        output.WriteLine($"\ncawb schedules NAME shows one. Functions of other libraries go by their own names ({string.Join(", ", Libraries())}): cawb schedules torch.");
    }

    private static void List(TextWriter output, IReadOnlyList<string> functions, bool isJson)
    {
        if (isJson)
        {
            Output.WriteJson(output, new JsonArray([.. functions.Select(function => (JsonNode)Json(function))]));
            return;
        }

        foreach (var function in functions)
        {
            output.WriteLine(function);
        }
    }

    private static void Show(TextWriter output, ScheduleType type, bool isJson)
    {
        if (isJson)
        {
            Output.WriteJson(output, Json(type));
            return;
        }

        output.WriteLine($"{type.Name}: {type.Summary}\n");
        Output.WriteWords(
            output,
            ["parameter", "takes", "default", "what it is"],
            type.Fields.Select(field => (IReadOnlyList<string>)[field.Name, field.Takes, field.IsRequired ? "(required)" : field.DefaultWords, field.Summary]));
        output.WriteLine();
        Draw(output, type);
        output.WriteLine($"\n{type.Example}\n");
        output.WriteLine($"In a file: cawb plot FILE.json. On the command line: cawb plot {CommandLine(type)}");
    }

    private static void Show(TextWriter output, string function, bool isJson)
    {
        if (isJson)
        {
            Output.WriteJson(output, Json(function));
            return;
        }

        output.WriteLine($"{function}: {ForeignSchedules.AtBoundaryAndPastEndOf(function)}\n");
        output.WriteLine($"Parameters: {string.Join(", ", ForeignSchedules.ParametersOf(function))}\n");
        output.WriteLine($"On the command line: cawb plot {function} NAME=VALUE ... --base-lrs 0.1, or with its arguments as JSON. Into a schedule file: cawb convert {function} NAME=VALUE ...");
    }

    private static void Draw(TextWriter output, ScheduleType type)
    {
        var schedule = ScheduleText.Parse(type.Example);
        var plan = TrainingPlan.FromEpochs(ExampleEpochs, BatchesPerEpoch);
        var points = CurvePoints.Of(schedule, plan, baseValue: 1);
        var chart = new Chart("", ChartAxis.Linear("epoch"), ChartAxis.Linear("multiple of the base rate"), [ChartSeries.Steps(type.Name, points.Epochs, points.Values)]);
        Terminal.Draw(chart, output, PictureWidth, PictureHeight);
    }

    /// <summary>The example as words of a command line, where no value needs quotes.</summary>
    private static string CommandLine(ScheduleType type)
    {
        using var example = JsonDocument.Parse(type.Example);
        var members = example.RootElement.EnumerateObject().Where(member => member.Name != "type").ToList();
        return members.Exists(member => member.Value.GetRawText().Contains('{', StringComparison.Ordinal))
            ? $"'{type.Example}'"
            : string.Join(' ', members.Select(member => $"{member.Name}={member.Value.ToString().Trim('[', ']').Replace(" ", "", StringComparison.Ordinal)}").Prepend(type.Name));
    }

    private static IEnumerable<string> Libraries() => ForeignSchedules.Names.Select(Library).Distinct();

    private static string Library(string function) => function[..function.IndexOf('.', StringComparison.Ordinal)];

    private static JsonObject Json(ScheduleType type) => new()
    {
        ["type"] = type.Name,
        ["summary"] = type.Summary,
        ["parameters"] = new JsonArray([.. type.Fields.Select(field => (JsonNode)new JsonObject
        {
            ["name"] = field.Name,
            ["summary"] = field.Summary,
            ["takes"] = field.Takes,
            ["required"] = field.IsRequired,
            ["default"] = field.IsRequired || field.DefaultWords != field.Default ? null : JsonNode.Parse(field.Default),
        })]),
        ["example"] = JsonNode.Parse(type.Example),
    };

    private static JsonObject Json(string function) => new()
    {
        ["function"] = function,
        ["parameters"] = new JsonArray([.. ForeignSchedules.ParametersOf(function).Select(parameter => (JsonNode)JsonValue.Create(parameter))]),
        ["atBoundaryAndPastEnd"] = ForeignSchedules.AtBoundaryAndPastEndOf(function),
    };
}
