using System.CommandLine;
using System.Text.Json.Nodes;
using Cawb.Foreign;

namespace Cawb.Cli.Commands;

/// <summary><c>cawb convert</c>: another library's schedule, or flags, as our JSON.</summary>
internal static class ConvertCommand
{
    private const string Help = """
        Writes a schedule in our JSON, or as code with --to. It comes from another library's name and arguments, from flags, or from a file that is to be tidied up. Groups with different schedules give one line of JSON each.
        Exit code 1: the library does something there that our text form does not have.

        Examples:
          cawb convert torch.CosineAnnealingWarmRestarts '{"T_0": 10, "T_mult": 2}' --base-lrs 0.1
          cawb convert --schedule cawb --steps 30 80 --step-scale 0.7 --epoch-scale 4 --warmup-epoch 3 --epochs 150 > schedule.json
          cawb convert cosine --warmup-epoch 5 --epochs 90 --to csharp
          cawb convert schedule.json --epochs 90 --batches 625 --base-lrs 0.1 --to python > learning_rate.py
          cawb convert --list
        """;

    public static Command Create()
    {
        var schedules = new ScheduleArguments(usualBatches: 1);
        var list = new Option<bool>("--list") { Description = "List the known functions of other libraries with their parameters." };
        var json = new Option<bool>("--json") { Description = "Print one object with the schedules of all groups and what the library does at boundaries." };
        var command = new Command("convert", Help);
        var code = new ScheduleCodeOption();
        schedules.AddTo(command);
        code.AddTo(command);
        command.Options.Add(list);
        command.Options.Add(json);
        command.SetAction(result =>
        {
            var output = result.InvocationConfiguration.Output;
            if (result.GetValue(list))
            {
                List(output, result.GetValue(json));
                return ExitCode.Done;
            }

            if (code.IsCode(result))
            {
                var view = schedules.Read(result);
                return code.Write(result, view.Single, view.Unit, schedules.HasBaseRates(result) ? schedules.BaseRates(result) : []);
            }

            var schedule = schedules.ReadOne(result);
            var (error, texts) = (result.InvocationConfiguration.Error, Texts(schedule));
            if (texts is null)
            {
                error.WriteLine($"cawb: {schedule.Name} does something with these arguments that our JSON has no schedule for. {schedule.Origin?.AtBoundaryAndPastEnd}"
                    + " Its numbers are there all the same: use 'cawb table', or ForeignSchedules.Create in code.");
                return ExitCode.Failed;
            }

            if (result.GetValue(json))
            {
                Output.WriteJson(output, new JsonObject
                {
                    ["name"] = schedule.Name,
                    ["note"] = schedule.Origin?.AtBoundaryAndPastEnd,
                    ["schedules"] = new JsonArray([.. texts.Select(text => JsonNode.Parse(text))]),
                });
                return ExitCode.Done;
            }

            foreach (var text in texts)
            {
                output.WriteLine(text);
            }

            if (schedule.Origin is { } origin)
            {
                error.WriteLine($"{origin.Name}: {origin.AtBoundaryAndPastEnd}");
            }

            return ExitCode.Done;
        });
        return command;
    }

    // One text where all groups have the same schedule; null where one of them has none.
    private static List<string>? Texts(NamedSchedule schedule)
    {
        if (schedule.Origin is { HasTextForm: false })
        {
            return null;
        }

        var distinct = schedule.Groups.Distinct().ToList();
        return distinct.Count == 1 ? [ScheduleText.Print(distinct[0])] : [.. schedule.Groups.Select(group => group.CanonicalText)];
    }

    private static void List(TextWriter output, bool asJson)
    {
        if (asJson)
        {
            Output.WriteJson(output, new JsonArray([.. ForeignSchedules.Names.Select(name => (JsonNode)new JsonObject
            {
                ["name"] = name,
                ["parameters"] = new JsonArray([.. ForeignSchedules.ParametersOf(name).Select(parameter => (JsonNode)JsonValue.Create(parameter))]),
                ["note"] = ForeignSchedules.AtBoundaryAndPastEndOf(name),
            })]));
            return;
        }

        foreach (var name in ForeignSchedules.Names)
        {
            output.WriteLine($"{name}({string.Join(", ", ForeignSchedules.ParametersOf(name))})");
        }
    }
}
