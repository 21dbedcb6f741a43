namespace Cawb;

/// <summary>A schedule that stops changing at a moment.</summary>
/// <remarks>
/// <c>value(t) = inner(min(t, from))</c>. Holding twice is holding from the earlier moment.
/// Source: what a <see cref="PlanChange"/> leaves of a schedule whose run goes on at one rate. Differs from a <see cref="SwitchSchedule"/> to a constant in that nobody has to compute the value that stays.
/// </remarks>
internal sealed record HoldFromSchedule : Schedule
{
    internal static ObjectFormat<Schedule> TextFormat { get; } = ObjectFormat<Schedule>.Of<HoldFromSchedule>(
        "holdFrom",
        "A schedule that stops changing at a moment.",
        [
            Field<HoldFromSchedule>.Time("fromEpochs", schedule => schedule.FromEpochs, "When it stops changing, in epochs.", NumberRange.NotNegative),
            Field<HoldFromSchedule>.Schedule("schedule", schedule => schedule.Schedule, "What stops."),
        ],
        values => new HoldFromSchedule(values.Schedule("schedule"), values.Number("fromEpochs")));

    /// <summary>A schedule and the moment at which it stops.</summary>
    /// <param name="schedule">What stops.</param>
    /// <param name="fromEpochs">0 or more; the value there stays.</param>
    /// <exception cref="ArgumentOutOfRangeException">The moment is negative or not finite.</exception>
    public HoldFromSchedule(Schedule schedule, double fromEpochs)
    {
        Require.NotNegative(fromEpochs);
        var inner = PartList.Inner(schedule) as HoldFromSchedule;
        Schedule = inner?.Schedule ?? schedule;
        FromEpochs = Math.Min(fromEpochs, inner?.FromEpochs ?? fromEpochs);
    }

    /// <summary>What stops.</summary>
    public Schedule Schedule { get; }

    /// <summary>When it stops changing, in epochs.</summary>
    public double FromEpochs { get; }

    /// <inheritdoc/>
    public override bool IsRelative => Schedule.IsRelative;

    /// <inheritdoc/>
    public override double EndEpochs => Math.Min(FromEpochs, Schedule.EndEpochs);

    internal override ObjectFormat<Schedule> Format => TextFormat;

    /// <inheritdoc/>
    public override double ValueAt(double epochs, double baseValue) => Schedule.ValueAt(Math.Min(epochs, FromEpochs), baseValue);

    internal override Formula FormulaAt(double epochs, double baseValue) => Formula.Of(
        "inner(min(t, fromEpochs))",
        epochs < FromEpochs ? "Still changing; stops at epoch {fromEpochs}." : "Stopped at epoch {fromEpochs} and keeps the value from there.",
        Schedule, Math.Min(epochs, FromEpochs), baseValue);

    /// <inheritdoc/>
    public override double ConstantUntil(double epochs)
    {
        if (epochs >= FromEpochs)
            return double.PositiveInfinity;
        var held = Schedule.ConstantUntil(epochs);
        return held > FromEpochs ? double.PositiveInfinity : held;
    }

    /// <inheritdoc/>
    public override IEnumerable<ScheduleEvent> Events(double endEpochs)
    {
        var events = Schedule.Events(Math.Min(endEpochs, FromEpochs)).Where(scheduleEvent => scheduleEvent.Kind != ScheduleEventKind.End);
        return EventStream.Merged(EndEpochs > 0 && EndEpochs <= endEpochs ? events.Append(new ScheduleEvent(ScheduleEventKind.End, EndEpochs, Index: 0)) : events);
    }
}
