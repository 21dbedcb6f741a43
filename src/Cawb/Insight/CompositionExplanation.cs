namespace Cawb;

/// <summary>Explains schedules made of others.</summary>
internal static class CompositionExplanation
{
    public static ScheduleExplanation Of(WarmupSchedule schedule, double epochs, double baseValue)
    {
        if (epochs >= schedule.WarmupEpochs)
        {
            var inner = Explainer.Explain(schedule.Schedule, epochs - schedule.WarmupEpochs, baseValue);
            return Explainer.Make(
                schedule, epochs, baseValue, $"After the warm-up of {Number(schedule.WarmupEpochs)} epochs: what follows, at its own epoch {Number(inner.Epochs)}.", "", "", "", inner);
        }

        double peak = schedule.Schedule.ValueAt(0, baseValue);
        string start = Number(schedule.Start.Of(baseValue));
        return Explainer.Make(
            schedule,
            epochs,
            baseValue,
            $"Warm-up, epoch 0 to {Number(schedule.WarmupEpochs)}.",
            "start + (first - start) * t / W",
            $"{start} + ({Number(peak)} - {start}) * {Number(epochs)} / {Number(schedule.WarmupEpochs)}",
            $"{InsightText.Percent(epochs / schedule.WarmupEpochs)} of the straight ramp to {Number(peak)}, the first value of what follows, are done.");
    }

    private static string Number(double value) => InsightText.Number(value);
}
