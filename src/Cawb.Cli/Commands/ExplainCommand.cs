using System.CommandLine;
using System.Text.Json.Nodes;
using Cawb.Cli.Schedules;
using Cawb.Insight;
using Cawb.Training;
using Cawb.Training.Views;

namespace Cawb.Cli.Commands;

/// <summary><c>cawb explain</c>: why a schedule has its value at a moment.</summary>
internal static class ExplainCommand
{
    private const string Help = """
        Says why a schedule has the value that it has. It names the segment and the formula, with their numbers. Without --at it explains the events and prints what the whole run comes to.

        Examples:
          cawb explain --schedule cawb --steps 30 80 --step-scale 0.7 --epoch-scale 4 --epochs 150 --base-lrs 0.1 --at 42
          cawb explain schedule.json --epochs 150
          cawb explain --from torch.OneCycleLR '{"max_lr": 0.1, "total_steps": 100}' --base-lrs 0.01 --at 10 20
        """;

    private const int MostEvents = 20;

    public static Command Create()
    {
        var schedules = new ScheduleArguments(usualBatches: 100);
        var at = NumberList.Option<double>("--at", "Moments in epochs (0 is the start), or in steps where a library's schedule is looked at in its own.");
        var json = new Option<bool>("--json") { Description = "Print the explanations as JSON." };
        var command = new Command("explain", Help);
        schedules.AddTo(command);
        command.Options.Add(at);
        command.Options.Add(json);
        command.SetAction(result =>
        {
            var view = schedules.Read(result);
            var (schedule, plan) = (view.Single, view.Plan);
            var rate = UselessFlags.Only(schedules.BaseRates(result), "explain");
            var given = result.GetValue(at) ?? [];
            var metrics = given.Length == 0 ? schedule.Of(0).Metrics(plan, rate) : null;
            var moments = given.Length > 0 ? given : [.. Events(schedule.Of(0), plan)];
            var isJson = result.GetValue(json);
            var shown = given.Length > 0 || isJson ? moments.Length : Math.Min(MostEvents, moments.Length);
            var explanations = moments.Take(shown).Select(epochs => Explain(schedule, plan, epochs, rate)).ToList();
            var output = result.InvocationConfiguration.Output;
            if (isJson)
            {
                var all = new JsonObject { ["schedule"] = schedule.Name, ["moments"] = new JsonArray([.. explanations.Select(explanation => (JsonNode)Json(explanation))]) };
                if (metrics is not null)
                {
                    all["metrics"] = Json(metrics);
                }

                Output.WriteJson(output, all);
                return ExitCode.Done;
            }

            output.Write(view.Note);
            output.WriteLine(string.Join("\n\n", explanations));
            if (moments.Length > shown)
            {
                output.WriteLine($"\nand {Counted.Of(moments.Length - shown, "more event")}: --at explains any of them, --json has all.");
            }

            if (metrics is not null)
            {
                output.WriteLine();
                output.WriteLine(Summary(metrics, plan));
            }

            if (schedule.Origin is { } origin)
            {
                output.WriteLine();
                output.WriteLine($"{origin.Name}: {origin.AtBoundaryAndPastEnd}");
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static ScheduleExplanation Explain(NamedSchedule schedule, TrainingPlan plan, double epochs, double rate)
    {
        if (!(double.IsFinite(epochs) && epochs >= 0))
        {
            throw new InputException(FormattableString.Invariant($"--at: a moment is a number of epochs, 0 or more; got {epochs}."));
        }

        return schedule.Origin is { } origin ? ForeignExplanation.Of(schedule, origin, plan, epochs, rate) : schedule.Of(0).Explain(epochs, rate);
    }

    private static IEnumerable<double> Events(Schedule schedule, TrainingPlan plan) =>
        schedule.Events(plan.Epochs).Select(scheduleEvent => scheduleEvent.Epochs).Prepend(0).Distinct();

    private static string Summary(ScheduleMetrics metrics, TrainingPlan plan) => FormattableString.Invariant(
        $"Over {Counted.Of(Output.Exact(plan.Epochs), "epoch")} of {Counted.Of(plan.BatchesPerEpoch, "batch", "batches")}: mean {Output.Short(metrics.Mean)}, area {Output.Short(metrics.Area)}, peak {Output.Short(metrics.Peak)} at epoch {Output.Short(metrics.PeakEpochs)}, ")
        + FormattableString.Invariant($"{metrics.ShareAboveHalfPeak:P1} of the batches above half the peak, {Counted.Of(metrics.BootCount, "boot")}, last batch {Output.Short(metrics.LastValue)}.");

    private static JsonObject Json(ScheduleExplanation explanation) => new()
    {
        ["schedule"] = explanation.Schedule,
        ["epochs"] = explanation.Epochs,
        ["value"] = explanation.Value,
        ["segment"] = explanation.Segment,
        ["formula"] = explanation.Formula,
        ["calculation"] = explanation.Calculation,
        ["reason"] = explanation.Reason,
        ["parts"] = new JsonArray([.. explanation.Parts.Select(part => (JsonNode)Json(part))]),
    };

    private static JsonObject Json(ScheduleMetrics metrics) => new()
    {
        ["mean"] = metrics.Mean,
        ["area"] = metrics.Area,
        ["peak"] = metrics.Peak,
        ["peakEpochs"] = metrics.PeakEpochs,
        ["lowest"] = metrics.Lowest,
        ["firstValue"] = metrics.FirstValue,
        ["lastValue"] = metrics.LastValue,
        ["shareAboveHalfPeak"] = metrics.ShareAboveHalfPeak,
        ["bootCount"] = metrics.BootCount,
        ["restartCount"] = metrics.RestartCount,
    };
}
