using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Cawb.Cli.Schedules;
using Cawb.Training;
using Cawb.Training.Views;

namespace Cawb.Cli.Commands;

/// <summary><c>cawb table</c>: the values of a schedule, batch by batch or at chosen moments.</summary>
internal static class TableCommand
{
    private const long MostRows = 10_000_000;

    private const string Help = """
        Prints what a schedule gives at each batch, or at chosen moments.

        Examples:
          cawb table cosine --epochs 10 --base-lrs 0.1
          cawb table --schedule cawb --steps 30 80 --step-scale 0.7 --epoch-scale 4 --warmup-epochs 3 --epochs 150 --at 0 3 29 30 80
          cawb table --from torch.CosineAnnealingLR '{"T_max": 50}' --base-lrs 0.1 0.01 --epochs 60 --format csv
          cawb table --from hf.get_linear_schedule_with_warmup '{"num_warmup_steps": 500, "num_training_steps": 6250}' --base-lrs 5e-5 --at 0 250 500 6250
          cawb table schedule.json --epochs 100 --batches 625 --json
          cawb table --as-trained --hyp hyp/digits.json --epochs 20 --batches 63 --at 0 1 3 10
        """;

    public static Command Create()
    {
        var schedules = new ScheduleArguments(usualBatches: 1);
        var at = NumberList.Option<double>("--at", "Moments in epochs (0 is the start), or in steps where a library's schedule is looked at in its own, instead of every batch of the run.");
        var format = new Option<string>("--format") { Description = "text, csv or json.", DefaultValueFactory = _ => "text" }.AcceptOnlyFromAmong("text", "csv", "json");
        var json = new Option<bool>("--json") { Description = "The same as --format json." };
        var command = new Command("table", Help);
        var trained = new TrainedSchedules();
        schedules.AddTo(command);
        trained.AddTo(command);
        command.Options.Add(at);
        command.Options.Add(format);
        command.Options.Add(json);
        command.SetAction(result =>
        {
            UselessFlags.Refuse(result, result.GetValue(json) && result.GetValue(format) != "json", "--json says what the format is", format);
            var output = result.InvocationConfiguration.Output;
            var kind = result.GetValue(json) ? "json" : result.GetValue(format);
            if (trained.Read(result, schedules) is { } driven)
            {
                var rows = driven.Rows.ToList();
                Write(
                    output, kind, ScheduleView.Epoch, [.. rows.Select(row => $"{row.Parameter} ({row.Groups})")], Moments(result.GetValue(at) ?? [], driven.Plan),
                    epochs => rows.Select(row => row.Schedule.ValueAt(epochs, row.BaseValue)));
                return ExitCode.Done;
            }

            var view = schedules.Read(result);
            var (schedule, plan) = (view.Single, view.Plan);
            var rates = schedules.BaseRates(result);
            var moments = Moments(result.GetValue(at) ?? [], plan);
            if (kind == "json")
            {
                Output.WriteJson(output, Json(schedule, view, rates, moments));
            }
            else
            {
                Write(output, kind, view.Unit, [.. Columns(rates)], moments, epochs => Values(schedule, rates, epochs));
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static void Write(TextWriter output, string? kind, string unit, IReadOnlyList<string> columns, IEnumerable<double> moments, Func<double, IEnumerable<double>> valuesAt)
    {
        switch (kind)
        {
            case "json":
                Output.WriteJson(output, new JsonArray([.. moments.Select(epochs => (JsonNode)new JsonObject(columns.Zip(valuesAt(epochs))
                    .Select(pair => KeyValuePair.Create(pair.First, (JsonNode?)pair.Second)).Prepend(KeyValuePair.Create(unit, (JsonNode?)epochs))))]));
                break;
            case "csv":
                output.WriteLine($"{unit},{string.Join(',', columns)}");
                foreach (var epochs in moments)
                {
                    output.WriteLine($"{Output.Exact(epochs)},{string.Join(',', valuesAt(epochs).Select(Output.Exact))}");
                }

                break;
            default:
                Output.WriteTable(output, [unit, .. columns], moments.Select(epochs => (IReadOnlyList<string>)[Output.Short(epochs), .. valuesAt(epochs).Select(Output.Short)]));
                break;
        }
    }

    private static IEnumerable<double> Moments(double[] given, TrainingPlan plan)
    {
        foreach (var moment in given)
        {
            if (!(double.IsFinite(moment) && moment >= 0))
            {
                throw new InputException(FormattableString.Invariant($"--at: a moment is a number of epochs, 0 or more; got {moment}."));
            }
        }

        if (given.Length == 0 && plan.TotalBatches > MostRows)
        {
            throw new InputException(FormattableString.Invariant($"The run has {plan.TotalBatches} batches, and a table at most {MostRows} rows. Choose moments with --at, or fewer --batches."));
        }

        return given.Length > 0 ? given : Enumerable.Range(0, (int)plan.TotalBatches).Select(batch => plan.EpochsFromBatches(batch));
    }

    private static IEnumerable<double> Values(NamedSchedule schedule, IReadOnlyList<double> rates, double epochs) =>
        rates.Select((rate, group) => schedule.Of(group).ValueAt(epochs, rate));

    private static IEnumerable<string> Columns(IReadOnlyList<double> rates) =>
        rates.Count == 1 ? ["learningRate"] : rates.Select((_, group) => string.Create(CultureInfo.InvariantCulture, $"learningRate{group}"));

    private static JsonObject Json(NamedSchedule schedule, ScheduleView view, IReadOnlyList<double> rates, IEnumerable<double> moments) => new()
    {
        ["schedule"] = schedule.Name,
        [$"{view.Unit}s"] = view.Plan.Epochs,
        [$"batchesPer{(view.Unit == ScheduleView.Step ? "Step" : "Epoch")}"] = view.Plan.BatchesPerEpoch,
        ["baseLearningRates"] = Output.Array(rates),
        ["rows"] = new JsonArray([.. moments.Select(epochs => (JsonNode)new JsonObject { [view.Unit] = epochs, ["learningRates"] = Output.Array(Values(schedule, rates, epochs)) })]),
    };
}
