using static Cawb.Insight.InsightText;

namespace Cawb.Insight;

/// <summary>Explains schedules that go down, or up and down, once or again and again.</summary>
internal static class CycleExplanation
{
    public static ScheduleExplanation Of(CosineRestartsSchedule schedule, double epochs, double baseValue)
    {
        var cycles = schedule.Cycles;
        var cycle = cycles.IndexAt(epochs);
        var ended = epochs >= schedule.EndEpochs;
        var length = cycles.EndOf(cycle) - cycles.StartOf(cycle);
        var x = Math.Min(epochs - cycles.StartOf(cycle), length);
        var end = Number(schedule.End.Of(baseValue));
        var peak = schedule.PeakFactor == 1 || cycle == 0
            ? Number(schedule.Start.Of(baseValue))
            : $"max({Number(schedule.Start.Of(baseValue))} * {Number(schedule.PeakFactor)} ** {cycle}, {end})";
        var segment = $"Cycle {cycle + 1} of {cycles.Count}, epoch {Number(cycles.StartOf(cycle))} to {Number(cycles.EndOf(cycle))}.";
        var rises = x < schedule.WarmupEpochs;
        var share = rises ? $"{Number(x)} / {Number(schedule.WarmupEpochs)}"
            : $"(1 + cos(pi * {Number(x - schedule.WarmupEpochs)} / {Number(length - schedule.WarmupEpochs)})) / 2";
        return Explainer.Make(
            schedule,
            epochs,
            baseValue,
            ended ? $"Past the end at epoch {Number(schedule.EndEpochs)}: the value stays." : segment,
            rises ? "end + (peak - end) * x / w" : "end + (peak - end) * (1 + cos(pi * (x - w) / (L - w))) / 2",
            $"{end} + ({peak} - {end}) * {share}",
            ended ? "" : $"{Number(x)} epochs since the cycle began; {(rises ? $"its warm-up takes {Number(schedule.WarmupEpochs)}" : $"{Percent(x / length)} of it are done")}.");
    }

    public static ScheduleExplanation Of(CyclicSchedule schedule, double epochs, double baseValue)
    {
        var length = schedule.RiseEpochs + schedule.FallEpochs;
        var cycle = Boundaries.PeriodsUpTo(length, epochs);
        var x = epochs - (cycle * length);
        var rises = x <= schedule.RiseEpochs;
        var start = Number(schedule.Start.Of(baseValue));
        var height = schedule.Mode switch
        {
            CyclicMode.Halving => $" * 0.5 ** {Number(cycle)}",
            CyclicMode.Exponential => $" * {Number(schedule.Decay)} ** {Number(epochs)}",
            _ => "",
        };
        var triangle = rises ? $"{Number(x)} / {Number(schedule.RiseEpochs)}" : $"{Number(length - x)} / {Number(schedule.FallEpochs)}";
        return Explainer.Make(
            schedule,
            epochs,
            baseValue,
            $"Cycle {Number(cycle + 1)}, on the way {(rises ? "to the peak" : "back")}: epoch {Number(cycle * length)} to {Number((cycle + 1) * length)}.",
            $"start + (peak - start) * {(rises ? "x / rise" : "(rise + fall - x) / fall")} * height",
            $"{start} + ({Number(schedule.Peak.Of(baseValue))} - {start}) * {triangle}{height}");
    }

    public static ScheduleExplanation Of(OneCycleSchedule schedule, double epochs, double baseValue)
    {
        var fall = schedule.HasThreePhases ? 2 * schedule.RiseEpochs : schedule.RiseEpochs;
        var count = schedule.HasThreePhases ? 3 : 2;
        var (number, from, to, start, end) = epochs < schedule.RiseEpochs ? (1, schedule.Start, schedule.Peak, 0.0, schedule.RiseEpochs)
            : epochs < fall ? (2, schedule.Peak, schedule.Start, schedule.RiseEpochs, fall)
            : (count, schedule.HasThreePhases ? schedule.Start : schedule.Peak, schedule.End, fall, schedule.TotalEpochs);
        var progress = $"{Number(Math.Min(epochs, end) - start)} / {Number(end - start)}";
        var shape = schedule.Interpolation == Interpolation.Linear ? DecayShape.Linear : DecayShape.Cosine;
        return Explainer.Make(
            schedule,
            epochs,
            baseValue,
            epochs >= schedule.TotalEpochs
                ? $"Past the end at epoch {Number(schedule.TotalEpochs)}: the value stays."
                : $"Phase {number} of {count}, epoch {Number(start)} to {Number(end)}, from {Number(from.Of(baseValue))} to {Number(to.Of(baseValue))}.",
            DecayExplanation.Shape(shape, "a", "b", "u"),
            DecayExplanation.Shape(shape, Number(from.Of(baseValue)), Number(to.Of(baseValue)), progress));
    }
}
