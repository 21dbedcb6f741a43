using System.CommandLine;
using System.Text.Json.Nodes;
using Cawb.Cli.Schedules;
using Cawb.Insight;
using Cawb.Training;

namespace Cawb.Cli.Commands;

/// <summary><c>cawb diff</c>: what differs between two schedules, or between one schedule in two runs.</summary>
internal static class DiffCommand
{
    private const string Help = """
        Says what differs between two schedules, or between two runs of one. Two schedules differ parameter by parameter and in what a run trains with; one schedule with two
        values of --epochs or --batches makes two runs.
        Exit code 0: nothing differs. 1: something does. 2: bad input.

        Examples:
          cawb diff old.json new.json --epochs 150
          cawb diff cosine linear --epochs 100 --base-lrs 0.1
          cawb diff --schedule cawb --steps 30 80 --epochs 100 150
        """;

    public static Command Create()
    {
        var schedules = new ScheduleArguments(usualBatches: 100, mostRuns: 2);
        var json = new Option<bool>("--json") { Description = "Print the difference as JSON." };
        var command = new Command("diff", Help);
        schedules.AddTo(command);
        command.Options.Add(json);
        command.SetAction(result =>
        {
            var (first, second) = (schedules.Read(result), schedules.Read(result, plan: 1));
            var (before, after) = (first.Schedules, second.Schedules);
            if (before.Count > 2 || (before.Count == 1 && schedules.PlanCount(result) != 2))
            {
                throw new InputException(before.Count > 2
                    ? $"Compares two schedules; got {before.Count}: {string.Join(", ", before.Select(one => one.Name))}."
                    : "Compares two schedules, or one schedule in two runs: give a second schedule, or two values of --epochs or --batches.");
            }

            var (left, right) = before.Count == 2 ? (before[0], after[1]) : (before[0], after[0]);
            var rate = UselessFlags.Only(schedules.BaseRates(result), "diff");
            var difference = new RunDifference(
                left.Of(0), first.Plan, right.Of(0), second.Plan, rate);
            if (result.GetValue(json))
            {
                Output.WriteJson(result.InvocationConfiguration.Output, difference.Json(left.Name, right.Name));
            }
            else
            {
                result.InvocationConfiguration.Output.Write(difference.IsEmpty ? "" : first.Note);
                difference.Print(result.InvocationConfiguration.Output, left.Name, right.Name);
            }

            return difference.IsEmpty ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }

    /// <summary>The parameters that differ, and the values at the starts of the batches that both runs have.</summary>
    private sealed class RunDifference
    {
        private readonly ScheduleDifference plans;
        private readonly ScheduleDifference parameters;
        private readonly ScheduleMetrics before;
        private readonly ScheduleMetrics after;
        private readonly double first = double.NaN;
        private readonly double widest;
        private readonly double widestEpochs;

        public RunDifference(Schedule left, TrainingPlan leftPlan, Schedule right, TrainingPlan rightPlan, double rate)
        {
            plans = ScheduleDifference.Between(leftPlan, rightPlan);
            parameters = ScheduleDifference.Between(left, right);
            (before, after) = (left.Metrics(leftPlan, rate), right.Metrics(rightPlan, rate));
            for (long batch = 0; batch < leftPlan.TotalBatches; batch++)
            {
                var epochs = leftPlan.EpochsFromBatches(batch);
                if (epochs >= rightPlan.Epochs)
                {
                    break;
                }

                var apart = Math.Abs(left.ValueAt(epochs, rate) - right.ValueAt(epochs, rate));
                first = double.IsNaN(first) && apart > 0 ? epochs : first;
                (widest, widestEpochs) = apart > widest ? (apart, epochs) : (widest, widestEpochs);
            }
        }

        public bool IsEmpty => plans.IsEmpty && parameters.IsEmpty && widest == 0;

        public void Print(TextWriter output, string left, string right)
        {
            if (IsEmpty)
            {
                output.WriteLine("Nothing differs.");
                return;
            }

            foreach (var change in plans.Changes.Concat(parameters.Changes))
            {
                output.WriteLine(change);
            }

            output.WriteLine(widest == 0
                ? "The batches that both runs have train with the same values."
                : $"The values differ from epoch {Output.Short(first)} on, most at epoch {Output.Short(widestEpochs)}, by {Output.Short(widest)}.");
            Output.WriteTable(output, ["", left, right == left ? "then" : right], Rows().Select(row => (IReadOnlyList<string>)[row.Name, Output.Short(row.Before), Output.Short(row.After)]));
        }

        public JsonObject Json(string left, string right) => new()
        {
            ["before"] = left,
            ["after"] = right,
            ["equal"] = IsEmpty,
            ["changes"] = new JsonArray([.. plans.Changes.Concat(parameters.Changes).Select(change => (JsonNode)new JsonObject
            {
                ["path"] = change.Path,
                ["before"] = change.Before,
                ["after"] = change.After,
            })]),
            ["firstDifferentEpoch"] = double.IsNaN(first) ? null : first,
            ["largestDifference"] = widest,
            ["largestDifferenceEpoch"] = widestEpochs,
            ["metrics"] = new JsonArray([.. Rows().Select(row => (JsonNode)new JsonObject { ["name"] = row.Name, ["before"] = row.Before, ["after"] = row.After })]),
        };

        private IEnumerable<(string Name, double Before, double After)> Rows() =>
        [
            ("mean", before.Mean, after.Mean),
            ("area", before.Area, after.Area),
            ("peak", before.Peak, after.Peak),
            ("share above half the peak", before.ShareAboveHalfPeak, after.ShareAboveHalfPeak),
            ("boots", before.BootCount, after.BootCount),
            ("last value", before.LastValue, after.LastValue),
        ];
    }
}
