using static Cawb.Insight.InsightText;

namespace Cawb.Insight;

/// <summary>Explains schedules made of others: what they do to the parts, and the parts at their own times.</summary>
internal static class CompositionExplanation
{
    public static ScheduleExplanation Of(Schedule schedule, double epochs, double baseValue) => schedule switch
    {
        WarmupSchedule warmup => Warmup(warmup, epochs, baseValue),
        SequenceSchedule sequence => Sequence(sequence, epochs, baseValue),
        ProductSchedule product => Product(product, epochs, baseValue),
        SumSchedule sum => Sum(sum, epochs, baseValue),
        ClampSchedule clamp => Clamp(clamp, epochs, baseValue),
        ScaleSchedule scale => Wrap(
            scale, epochs, baseValue, $"All of it times {Number(scale.Factor)}.", "factor * inner", inner => $"{Number(scale.Factor)} * {Number(inner.Value)}",
            Explainer.Explain(scale.Schedule, epochs, baseValue)),
        HoldPerEpochSchedule hold => Wrap(
            hold, epochs, baseValue, $"Looked at once per epoch, here at epoch {Number(Math.Floor(epochs))}.", "inner(floor(t))", inner => Number(inner.Value),
            Explainer.Explain(hold.Schedule, Math.Floor(epochs), baseValue)),
        RepeatSchedule repeat => Repeat(repeat, epochs, baseValue),
        ShiftSchedule shift => Wrap(
            shift, epochs, baseValue,
            epochs < shift.OffsetEpochs ? $"Waits until epoch {Number(shift.OffsetEpochs)}, with the first value." : $"What is shifted by {Number(shift.OffsetEpochs)} epochs, at its own epoch.",
            "inner(t - offset)", inner => Number(inner.Value), Explainer.Explain(shift.Schedule, Math.Max(0, epochs - shift.OffsetEpochs), baseValue)),
        HoldFromSchedule hold => Wrap(
            hold, epochs, baseValue,
            epochs < hold.FromEpochs ? $"Still changing; stops at epoch {Number(hold.FromEpochs)}." : $"Stopped at epoch {Number(hold.FromEpochs)} and keeps the value from there.",
            "inner(min(t, from))", inner => Number(inner.Value), Explainer.Explain(hold.Schedule, Math.Min(epochs, hold.FromEpochs), baseValue)),
        SwitchSchedule change => Wrap(
            change, epochs, baseValue,
            epochs < change.AtEpochs ? $"Before the switch at epoch {Number(change.AtEpochs)}: the first schedule." : $"After the switch at epoch {Number(change.AtEpochs)}: the second schedule.",
            epochs < change.AtEpochs ? "before(t)" : "after(t)", inner => Number(inner.Value),
            Explainer.Explain(epochs < change.AtEpochs ? change.Before : change.After, epochs, baseValue)),
        PlateauSchedule plateau => Wrap(
            plateau, epochs, baseValue, "Before any reduction; those that metrics cause are in the scheduler's state.", "inner * factor ** reductions",
            inner => $"{Number(inner.Value)} * {Number(plateau.Rule.Factor)} ** 0", Explainer.Explain(plateau.Schedule, epochs, baseValue)),
        _ => throw new ArgumentException($"{schedule.GetType().Name} is not explained here.", nameof(schedule)),
    };

    private static ScheduleExplanation Wrap(
        Schedule schedule, double epochs, double baseValue, string segment, string formula, Func<ScheduleExplanation, string> calculation, ScheduleExplanation inner) =>
        Explainer.Make(schedule, epochs, baseValue, segment, formula, calculation(inner), "", inner);

    private static ScheduleExplanation Warmup(WarmupSchedule schedule, double epochs, double baseValue)
    {
        if (epochs >= schedule.WarmupEpochs)
        {
            var own = epochs - schedule.WarmupEpochs;
            return Wrap(
                schedule, epochs, baseValue, $"After the warm-up of {Number(schedule.WarmupEpochs)} epochs: what follows, at its own epoch {Number(own)}.", "inner(t - W)",
                inner => Number(inner.Value), Explainer.Explain(schedule.Schedule, own, baseValue));
        }

        var peak = schedule.Schedule.ValueAt(0, baseValue);
        var start = Number(schedule.Start.Of(baseValue));
        return Explainer.Make(
            schedule,
            epochs,
            baseValue,
            $"Warm-up, epoch 0 to {Number(schedule.WarmupEpochs)}.",
            "start + (first - start) * t / W",
            $"{start} + ({Number(peak)} - {start}) * {Number(epochs)} / {Number(schedule.WarmupEpochs)}",
            $"{Percent(epochs / schedule.WarmupEpochs)} of the straight ramp to {Number(peak)}, the first value of what follows, are done.");
    }

    private static ScheduleExplanation Sequence(SequenceSchedule schedule, double epochs, double baseValue)
    {
        var part = schedule.BoundaryEpochs.Count(boundary => boundary <= epochs);
        var start = part == 0 ? 0 : schedule.BoundaryEpochs[part - 1];
        var end = part < schedule.BoundaryEpochs.Count ? $"epoch {Number(start)} to {Number(schedule.BoundaryEpochs[part])}" : $"from epoch {Number(start)} on";
        return Wrap(
            schedule, epochs, baseValue, $"Part {part + 1} of {schedule.Parts.Count}, {end}, at its own epoch {Number(epochs - start)}.", $"part {part + 1} at (t - {Number(start)})",
            inner => Number(inner.Value), Explainer.Explain(schedule.Parts[part], epochs - start, baseValue));
    }

    // Each part takes what the one before gives for its base.
    private static ScheduleExplanation Product(ProductSchedule schedule, double epochs, double baseValue)
    {
        List<ScheduleExplanation> parts = [];
        var value = baseValue;
        foreach (var part in schedule.Parts)
        {
            parts.Add(Explainer.Explain(part, epochs, value));
            value = parts[^1].Value;
        }

        var areFactors = schedule.IsRelative && baseValue != 0;
        var calculation = areFactors ? $"{Number(baseValue)} * {string.Join(" * ", schedule.Parts.Select(part => Number(part.ValueAt(epochs, 1))))}" : Number(value);
        return Explainer.Make(
            schedule, epochs, baseValue, $"{schedule.Parts.Count} schedules, each with what the one before gives for its base.", areFactors ? "base * factor 1 * factor 2 ..." : "the last part's",
            calculation, "", [.. parts]);
    }

    private static ScheduleExplanation Sum(SumSchedule schedule, double epochs, double baseValue)
    {
        ScheduleExplanation[] parts = [.. schedule.Parts.Select(part => Explainer.Explain(part, epochs, baseValue))];
        return Explainer.Make(
            schedule, epochs, baseValue, $"{parts.Length} schedules for the same base, added up.", "part 1 + part 2 ...", string.Join(" + ", parts.Select(part => Number(part.Value))), "", parts);
    }

    private static ScheduleExplanation Clamp(ClampSchedule schedule, double epochs, double baseValue)
    {
        var inner = Explainer.Explain(schedule.Schedule, epochs, baseValue);
        var min = schedule.Min.Of(baseValue);
        var max = schedule.Max.Of(baseValue);
        var segment = inner.Value < min ? "Below the lower level, which holds." : inner.Value > max ? "Above the upper level, which holds." : "Between the two levels.";
        return Wrap(
            schedule, epochs, baseValue, segment, "min(max(inner, lower), upper)", _ => $"min(max({Number(inner.Value)}, {Number(min)}), {Number(max)})", inner);
    }

    private static ScheduleExplanation Repeat(RepeatSchedule schedule, double epochs, double baseValue)
    {
        var ended = epochs >= schedule.EndEpochs;
        var passed = Boundaries.PeriodsUpTo(schedule.PeriodEpochs, epochs);
        var own = ended ? schedule.PeriodEpochs : epochs - (passed * schedule.PeriodEpochs);
        var times = schedule.Times == int.MaxValue ? "" : $" of {schedule.Times}";
        return Wrap(
            schedule, epochs, baseValue,
            ended ? $"Past the end at epoch {Number(schedule.EndEpochs)}: the value stays." : $"Repetition {Number(passed + 1)}{times}, from epoch {Number(passed * schedule.PeriodEpochs)}, at its own epoch {Number(own)}.",
            "inner(t - k * period)", inner => Number(inner.Value), Explainer.Explain(schedule.Schedule, own, baseValue));
    }
}
