namespace Cawb;

/// <summary>The beginning of a schedule again and again.</summary>
/// <remarks>
/// <c>value(t) = inner(t - k * period)</c> with the whole number k of periods before t, exact at the boundaries; after the last repetition the value at the period's end.
/// Repeating a whole repetition is one longer repetition. Source: the warm restarts of arXiv:1608.03983, for any schedule.
/// Differs from <see cref="CosineRestartsSchedule"/> in that all repetitions are equal.
/// </remarks>
public sealed record RepeatSchedule : Schedule
{
    internal static ObjectFormat<Schedule> TextFormat { get; } = ObjectFormat<Schedule>.Of<RepeatSchedule>(
        "repeat",
        "The beginning of a schedule again and again.",
        [
            Field<RepeatSchedule>.Time("periodEpochs", schedule => schedule.PeriodEpochs, "Length of a repetition in epochs.", NumberRange.Positive),
            Field<RepeatSchedule>.Number("times", schedule => schedule.Times, "How often; for ever when left out.", NumberRange.Count, int.MaxValue),
            Field<RepeatSchedule>.Schedule("schedule", schedule => schedule.Schedule, "What is repeated."),
        ],
        values => new RepeatSchedule(values.Schedule("schedule"), values.Number("periodEpochs"), values.Count("times")));

    /// <summary>A repeated schedule.</summary>
    /// <param name="schedule">What is repeated.</param>
    /// <param name="periodEpochs">Length of a repetition, above 0.</param>
    /// <param name="times">1 or more; <see cref="int.MaxValue"/> repeats for ever.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value outside its range.</exception>
    public RepeatSchedule(Schedule schedule, double periodEpochs, int times = int.MaxValue)
    {
        Schedule = PartList.Inner(schedule);
        PeriodEpochs = Require.Positive(periodEpochs);
        Times = Require.AtLeast(times, 1);
        if (Schedule is RepeatSchedule inner && inner.Times < int.MaxValue && inner.EndEpochs == periodEpochs)
        {
            Schedule = inner.Schedule;
            PeriodEpochs = inner.PeriodEpochs;
            Times = (int)Math.Min((long)inner.Times * times, int.MaxValue);
        }
    }

    /// <summary>What is repeated.</summary>
    public Schedule Schedule { get; }

    /// <summary>Length of a repetition, in epochs.</summary>
    public double PeriodEpochs { get; }

    /// <summary>How often; <see cref="int.MaxValue"/> means for ever.</summary>
    public new int Times { get; }

    /// <inheritdoc/>
    public override bool IsRelative => Schedule.IsRelative;

    /// <inheritdoc/>
    public override double EndEpochs => Times == int.MaxValue ? double.PositiveInfinity : Times * PeriodEpochs;

    internal override ObjectFormat<Schedule> Format => TextFormat;

    /// <inheritdoc/>
    public override double ValueAt(double epochs, double baseValue) => Schedule.ValueAt(InnerTime(epochs), baseValue);

    internal override Formula FormulaAt(double epochs, double baseValue)
    {
        var passed = Boundaries.PeriodsUpTo(PeriodEpochs, epochs);
        var place = epochs >= EndEpochs
            ? "Past the end at epoch {t}: the value stays."
            : $"Repetition {passed + 1}{(Times == int.MaxValue ? "" : $" of {Times}")}, from epoch {{from}}, at its own epoch {{own}}.";
        return Formula.Of("inner(t - passed * periodEpochs)", place, Schedule, InnerTime(epochs), baseValue, ("passed", passed), ("from", passed * PeriodEpochs));
    }

    /// <inheritdoc/>
    public override double ConstantUntil(double epochs)
    {
        if (epochs >= EndEpochs)
            return double.PositiveInfinity;
        var start = Boundaries.PeriodsUpTo(PeriodEpochs, epochs) * PeriodEpochs;
        return Math.Min(Timeline.ConstantUntil(Schedule, epochs, start), Math.Max(epochs, (Boundaries.PeriodsUpTo(PeriodEpochs, epochs) + 1) * PeriodEpochs));
    }

    /// <inheritdoc/>
    public override IEnumerable<ScheduleEvent> Events(double endEpochs) => EventStream.Merged(Unsorted(endEpochs));

    private double InnerTime(double epochs)
    {
        if (epochs >= EndEpochs)
            return PeriodEpochs;
        var time = Math.Max(epochs, 0);
        return time - Boundaries.PeriodsUpTo(PeriodEpochs, time) * PeriodEpochs;
    }

    private IEnumerable<ScheduleEvent> Unsorted(double endEpochs)
    {
        for (var k = 0; k < Times && k * PeriodEpochs <= endEpochs; k++)
        {
            var start = k * PeriodEpochs;
            if (k > 0)
            {
                yield return new ScheduleEvent(ScheduleEventKind.Trough, start, k - 1);
                yield return new ScheduleEvent(ScheduleEventKind.Restart, start, k - 1);
            }

            var inner = Schedule.Events(Math.Min(endEpochs - start, PeriodEpochs));
            foreach (var scheduleEvent in EventStream.Shifted(inner.Where(scheduleEvent => scheduleEvent.Kind != ScheduleEventKind.End && scheduleEvent.Epochs < PeriodEpochs), start))
                yield return scheduleEvent;
        }

        if (EndEpochs <= endEpochs)
            yield return new ScheduleEvent(ScheduleEventKind.End, EndEpochs, Index: 0);
    }
}
