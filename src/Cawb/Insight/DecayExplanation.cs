namespace Cawb;

/// <summary>Explains the curves from one level to another.</summary>
internal static class DecayExplanation
{
    public static ScheduleExplanation Of(DecaySchedule schedule, double epochs, double baseValue)
    {
        bool ended = epochs >= schedule.DurationEpochs;
        double start = schedule.Start.Of(baseValue);
        double end = schedule.End.Of(baseValue);
        double progress = Math.Min(epochs, schedule.DurationEpochs) / schedule.DurationEpochs;
        string t = InsightText.Number(Math.Min(epochs, schedule.DurationEpochs));
        string segment = ended
            ? $"Past the end at epoch {InsightText.Number(schedule.DurationEpochs)}: the value stays."
            : $"{InsightText.Percent(progress)} of the curve, epoch 0 to {InsightText.Number(schedule.DurationEpochs)}.";
        if (Share(schedule) is not { } share)
        {
            return Explainer.Make(schedule, epochs, baseValue, segment, "end + (start - end) * share(t / T)", "", $"{schedule.Format?.Summary} It goes from {InsightText.Number(start)} to {InsightText.Number(end)}.");
        }

        return Explainer.Make(
            schedule,
            epochs,
            baseValue,
            segment,
            $"end + (start - end) * {share("t", "T")}",
            $"{InsightText.Number(end)} + ({InsightText.Number(start)} - {InsightText.Number(end)}) * {share(t, InsightText.Number(schedule.DurationEpochs))}",
            $"It goes from {InsightText.Number(start)} to {InsightText.Number(end)}.");
    }

    // What multiplies the height of the curve, from t and T as texts; null where the formula is not a short one.
    private static Func<string, string, string>? Share(DecaySchedule schedule) => schedule switch
    {
        LinearSchedule => (t, length) => $"(1 - {t} / {length})",
        CosineSchedule => (t, length) => $"(1 + cos(pi * {t} / {length})) / 2",
        _ => null,
    };
}
