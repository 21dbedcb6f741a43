using static Cawb.Insight.InsightText;

namespace Cawb.Insight;

/// <summary>Explains schedules of warm-up, stable stretch and decay.</summary>
internal static class PhaseExplanation
{
    public static ScheduleExplanation Of(WarmupStableDecaySchedule schedule, double epochs, double baseValue)
    {
        var decayStart = schedule.WarmupEpochs + schedule.StableEpochs;
        if (epochs < schedule.WarmupEpochs)
        {
            return Warmup(schedule, epochs, baseValue, schedule.WarmupEpochs, schedule.Start, schedule.Peak);
        }

        return epochs < decayStart
            ? Stable(schedule, epochs, baseValue, schedule.WarmupEpochs, decayStart, schedule.Peak)
            : Decay(schedule, epochs, baseValue, decayStart, schedule.EndEpochs, schedule.Peak, schedule.End, schedule.Shape);
    }

    public static ScheduleExplanation Of(WarmupStableDecaySimplifiedSchedule schedule, double epochs, double baseValue)
    {
        if (epochs < schedule.WarmupEpochs)
        {
            return Warmup(schedule, epochs, baseValue, schedule.WarmupEpochs, schedule.Start, schedule.Peak);
        }

        var end = schedule.DecayEndEpochs.FirstOrDefault(end => end > epochs, schedule.EndEpochs);
        var begin = schedule.DecayEndEpochs.LastOrDefault(earlier => earlier < end, schedule.WarmupEpochs);
        return epochs < end - schedule.DecayEpochs
            ? Stable(schedule, epochs, baseValue, begin, end - schedule.DecayEpochs, schedule.Peak)
            : Decay(schedule, epochs, baseValue, end - schedule.DecayEpochs, end, schedule.Peak, schedule.End, schedule.Shape);
    }

    private static ScheduleExplanation Warmup(Schedule schedule, double epochs, double baseValue, double length, Level start, Level peak)
    {
        var (from, to) = (Number(start.Of(baseValue)), Number(peak.Of(baseValue)));
        return Explainer.Make(
            schedule, epochs, baseValue, $"Warm-up, epoch 0 to {Number(length)}.", "start + (peak - start) * t / W", $"{from} + ({to} - {from}) * {Number(epochs)} / {Number(length)}",
            $"{Percent(epochs / length)} of the straight ramp to {to} are done.");
    }

    private static ScheduleExplanation Stable(Schedule schedule, double epochs, double baseValue, double from, double to, Level peak) => Explainer.Make(
        schedule, epochs, baseValue, $"Stable phase, epoch {Number(from)} to {Number(to)}.", Explainer.LevelFormula(peak), Explainer.LevelCalculation(peak, baseValue), "The value stays at the peak.");

    private static ScheduleExplanation Decay(Schedule schedule, double epochs, double baseValue, double from, double to, Level peak, Level end, DecayShape shape)
    {
        var ended = epochs >= schedule.EndEpochs;
        var progress = ended ? "1" : $"{Number(epochs - from)} / {Number(to - from)}";
        return Explainer.Make(
            schedule,
            epochs,
            baseValue,
            ended ? $"Past the end at epoch {Number(schedule.EndEpochs)}: the value stays." : $"Decay, epoch {Number(from)} to {Number(to)}.",
            DecayExplanation.Shape(shape, "peak", "end", "u"),
            DecayExplanation.Shape(shape, Number(peak.Of(baseValue)), Number(end.Of(baseValue)), progress),
            ended ? "" : $"u is {Percent((epochs - from) / (to - from))} of the way to {Number(end.Of(baseValue))}.");
    }
}
