using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json.Nodes;
using Cawb.Foreign;
using Cawb.Training;
using Cawb.Training.Views;

namespace Cawb.Cli.Commands;

/// <summary><c>cawb convert</c>: another library's schedule, or flags, as our JSON.</summary>
internal static class ConvertCommand
{
    private const string Help = """
        Writes a schedule in our JSON, or as code with --to. It comes from another library's name and arguments, from flags, or from a file that is to be tidied up. Groups with different schedules give one line of JSON each.
        A library's schedule is written for a run: with --epochs and --batches in epochs, otherwise in the library's own steps, for as many as --epochs or its arguments say. What a library does past the end of the run is left out.
        Exit code 1: the library does something there that our text form does not have; the message says what, and what comes nearest.

        Examples:
          cawb convert torch.CosineAnnealingWarmRestarts '{"T_0": 10, "T_mult": 2}' --base-lrs 0.1 --epochs 150
          cawb convert hf.get_linear_schedule_with_warmup '{"num_warmup_steps": 500, "num_training_steps": 6250}' --base-lrs 5e-5 --epochs 10 --batches 625
          cawb convert --schedule cawb --steps 30 80 --step-scale 0.7 --epoch-scale 4 --warmup-epochs 3 --epochs 150 > schedule.json
          cawb convert cosine --warmup-epochs 5 --epochs 90 --to csharp
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
                if (result.CommandResult.Children.FirstOrDefault(child => child is ArgumentResult { Tokens.Count: > 0 } || (child is OptionResult { Implicit: false } typed && typed.Option != list && typed.Option != json)) is { } other)
                {
                    throw new InputException($"{(other is OptionResult option ? option.Option.Name : $"'{other.Tokens[0].Value}'")} has no effect here: --list shows all functions. Leave one of the two out.");
                }

                List(output, result.GetValue(json));
                return ExitCode.Done;
            }

            var schedule = schedules.ReadOne(result);
            var rates = schedules.HasBaseRates(result) ? schedules.BaseRates(result) : [];
            if (schedule.Origin is { } origin)
            {
                var (converted, unit) = schedules.Convert(result, origin);
                return code.IsCode(result) && converted.HasTextForm
                    ? code.Write(result, schedule with { Groups = converted.LearningRates }, unit, rates)
                    : WriteForeign(result, origin, converted, unit, result.GetValue(json));
            }

            if (code.IsCode(result))
            {
                return code.Write(result, schedules.Read(result).Single, ScheduleView.Epoch, rates);
            }

            schedules.RefuseRun(result);
            if (result.GetValue(json))
            {
                Output.WriteJson(output, new JsonObject { ["name"] = schedule.Name, ["note"] = null, ["schedules"] = Nodes(schedule.Groups) });
            }
            else
            {
                output.WriteLine(ScheduleText.Print(schedule.Of(0)));
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static int WriteForeign(ParseResult result, ForeignSchedule origin, ForeignEpochs converted, string unit, bool asJson)
    {
        var (output, error) = (result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
        if (!converted.HasTextForm)
        {
            error.WriteLine($"cawb: {converted.WhyNoTextForm} Its numbers are there all the same: use 'cawb table', or ForeignSchedules.Create in code.");
            return ExitCode.Failed;
        }

        if (asJson)
        {
            Output.WriteJson(output, new JsonObject
            {
                ["name"] = origin.Name,
                ["note"] = origin.AtBoundaryAndPastEnd,
                ["unit"] = unit,
                ["schedules"] = Nodes(converted.LearningRates),
                ["momenta"] = Nodes(converted.Momenta),
            });
            return ExitCode.Done;
        }

        // One text where all groups have the same schedule.
        var distinct = converted.LearningRates.Distinct().ToList();
        foreach (var text in distinct.Count == 1 ? [ScheduleText.Print(distinct[0])] : converted.LearningRates.Select(rate => rate.CanonicalText))
        {
            output.WriteLine(text);
        }

        error.WriteLine($"{origin.Name}: {origin.AtBoundaryAndPastEnd}");
        if (unit == ScheduleView.Step)
        {
            error.WriteLine("Time in the JSON is counted in the library's own steps, where our commands count epochs; --epochs and --batches give it in epochs.");
        }

        if (converted.Momenta.Count > 0)
        {
            error.WriteLine("It drives momentum too: --json writes its schedules as well.");
        }

        return ExitCode.Done;
    }

    private static JsonArray Nodes(IEnumerable<Schedule> groups)
    {
        var texts = groups.Select(group => group.CanonicalText).ToList();
        return new JsonArray([.. (texts.Distinct().Count() == 1 ? texts.Take(1) : texts).Select(text => JsonNode.Parse(text))]);
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
