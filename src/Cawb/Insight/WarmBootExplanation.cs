namespace Cawb.Insight;

/// <summary>Explains <see cref="CawbSchedule"/>.</summary>
internal static class WarmBootExplanation
{
    public static ScheduleExplanation Of(CawbSchedule schedule, double epochs, double baseValue)
    {
        if (epochs < schedule.WarmupEpochs)
        {
            return Warmup(schedule, epochs, baseValue);
        }

        var index = LastStarted(schedule.Segments, epochs);
        var segment = schedule.Segments[index];
        var ended = epochs >= schedule.Epochs;
        var asked = ended ? schedule.Epochs : epochs;
        var moment = schedule.AnnealingUpdate == AnnealingUpdate.PerEpoch && !ended ? Math.Max(Math.Floor(asked), segment.StartEpochs) : asked;
        var x = Math.Min(moment - segment.StartEpochs, segment.CurveEpochs);
        var boots = index == 0 ? "" : index == 1 ? $" * {Number(schedule.StepScale)}" : $" * {Number(schedule.StepScale)} ** {index}";
        var curve = AnnealingFormula.Numbers(schedule.Annealing, x, segment.CurveEpochs);
        return Explainer.Make(
            schedule,
            epochs,
            baseValue,
            SegmentText(schedule, index, ended, moment, asked),
            $"base * stepScale ** {index} * f(x, y), f(x, y) = {AnnealingFormula.Symbols(schedule.Annealing)}",
            $"{Number(baseValue)}{boots} * ({curve})",
            Reason(schedule, index, x, baseValue));
    }

    private static ScheduleExplanation Warmup(CawbSchedule schedule, double epochs, double baseValue)
    {
        var peak = schedule.Annealing.FactorAt(0, schedule.Segments[0].CurveEpochs);
        return Explainer.Make(
            schedule,
            epochs,
            baseValue,
            $"Warm-up, epoch 0 to {Number(schedule.WarmupEpochs)}, evaluated at every batch.",
            "base * (start + (peak - start) * t / W)",
            $"{Number(baseValue)} * ({Number(schedule.WarmupStartFactor)} + ({Number(peak)} - {Number(schedule.WarmupStartFactor)}) * {Number(epochs)} / {Number(schedule.WarmupEpochs)})",
            $"{InsightText.Percent(epochs / schedule.WarmupEpochs)} of the straight ramp to {Number(baseValue * peak)}, the first segment's start, are done.");
    }

    private static string SegmentText(CawbSchedule schedule, int index, bool ended, double moment, double asked)
    {
        var segment = schedule.Segments[index];
        var from = index > 0 ? $"boot {index}" : schedule.WarmupEpochs > 0 ? "the end of the warm-up" : "the start";
        var to = index < schedule.Segments.Count - 1 ? $"boot {index + 1}" : "the end";
        var evaluated = moment < asked ? $" The curve is evaluated once per epoch, here at epoch {Number(moment)}." : "";
        var where = $"Segment {index + 1} of {schedule.Segments.Count}, from {from} at epoch {Number(segment.StartEpochs)} to {to} at epoch {Number(segment.EndEpochs)}.";
        return ended ? $"Past the end at epoch {Number(schedule.Epochs)}: the value there is held. {where}" : where + evaluated;
    }

    private static string Reason(CawbSchedule schedule, int index, double x, double baseValue)
    {
        var segment = schedule.Segments[index];
        var start = baseValue * segment.Scale * schedule.Annealing.FactorAt(0, segment.CurveEpochs);
        var booted = index == 0
            ? $"The segment starts at {Number(start)}."
            : $"{Counted.Of(index, "boot has", "boots have")} multiplied the start by {Number(segment.Scale)}, so the segment starts at {Number(start)}.";
        var length = segment.EndEpochs - segment.StartEpochs;
        var stretch = segment.CurveEpochs == length ? ""
            : schedule.EpochScaleMode == EpochScaleMode.Multiply
                ? $" (y = {Number(length)} * {Number(schedule.EpochScale)})"
                : $" (y = {Number(length)} + {Number(schedule.EpochScale)})";
        return $"{booted} Of its curve of {Counted.Of(Number(segment.CurveEpochs), "epoch")}{stretch}, {InsightText.Percent(x / segment.CurveEpochs)} are done"
            + (segment.CurveEpochs > length ? $"; the boot cuts it off at {InsightText.Percent(length / segment.CurveEpochs)}." : ".");
    }

    private static int LastStarted(IReadOnlyList<WarmBootSegment> segments, double epochs)
    {
        var index = 0;
        while (index < segments.Count - 1 && segments[index + 1].StartEpochs <= epochs)
        {
            index++;
        }

        return index;
    }

    private static string Number(double value) => InsightText.Number(value);
}
