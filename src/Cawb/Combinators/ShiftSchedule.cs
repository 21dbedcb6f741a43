namespace Cawb;

/// <summary>A schedule that starts later, or one that is entered in its middle.</summary>
/// <remarks>
/// <c>value(t) = inner(max(0, t - offset))</c>: with a positive offset the first value waits, with a negative one the beginning is left out.
/// Source: the <c>transition_begin</c> of optax, for any schedule. Differs from it in that it goes in both directions.
/// </remarks>
public sealed record ShiftSchedule : Schedule
{
    internal static ObjectFormat<Schedule> TextFormat { get; } = ObjectFormat<Schedule>.Of<ShiftSchedule>(
        "shift",
        "A schedule that starts later, or is entered in its middle.",
        [
            Field<ShiftSchedule>.Time("offsetEpochs", schedule => schedule.OffsetEpochs, "How much later; negative leaves the beginning out.", NumberRange.Finite),
            Field<ShiftSchedule>.Schedule("schedule", schedule => schedule.Schedule, "What is shifted."),
        ],
        values => new ShiftSchedule(values.Schedule("schedule"), values.Number("offsetEpochs")));

    /// <summary>A shifted schedule.</summary>
    /// <param name="schedule">What is shifted.</param>
    /// <param name="offsetEpochs">How much later, in epochs; negative leaves the beginning out.</param>
    /// <exception cref="ArgumentOutOfRangeException">The offset is not finite.</exception>
    public ShiftSchedule(Schedule schedule, double offsetEpochs)
    {
        Schedule = PartList.Inner(schedule);
        OffsetEpochs = Require.Finite(offsetEpochs);
        // What an inner shift has left out does not come back by waiting; every other pair is one shift by the sum.
        if (Schedule is ShiftSchedule inner && !(inner.OffsetEpochs < 0 && offsetEpochs > 0))
        {
            Schedule = inner.Schedule;
            OffsetEpochs = Require.Finite(inner.OffsetEpochs + offsetEpochs, nameof(offsetEpochs));
        }
    }

    /// <summary>What is shifted.</summary>
    public Schedule Schedule { get; }

    /// <summary>How much later, in epochs; negative where the beginning is left out.</summary>
    public double OffsetEpochs { get; }

    /// <inheritdoc/>
    public override bool IsRelative => Schedule.IsRelative;

    /// <inheritdoc/>
    public override double EndEpochs => Math.Max(0, Schedule.EndEpochs + OffsetEpochs);

    internal override ObjectFormat<Schedule> Format => TextFormat;

    /// <inheritdoc/>
    public override double ValueAt(double epochs, double baseValue) => Schedule.ValueAt(Math.Max(0, Math.Max(epochs, 0) - OffsetEpochs), baseValue);

    internal override Formula FormulaAt(double epochs, double baseValue) => Formula.Of(
        epochs < OffsetEpochs ? "inner(0)" : "inner(t - offsetEpochs)",
        epochs < OffsetEpochs ? "Waits until epoch {offsetEpochs}, with the first value." : "What is shifted by {offsetEpochs} epochs, at its own epoch {own}.",
        Schedule, Math.Max(0, epochs - OffsetEpochs), baseValue);

    /// <inheritdoc/>
    public override double ConstantUntil(double epochs) => epochs < OffsetEpochs ? OffsetEpochs : Timeline.ConstantUntil(Schedule, epochs, OffsetEpochs);

    /// <inheritdoc/>
    public override IEnumerable<ScheduleEvent> Events(double endEpochs) =>
        EventStream.Merged(EventStream.Shifted(Schedule.Events(endEpochs - OffsetEpochs), OffsetEpochs).Where(scheduleEvent => scheduleEvent.Epochs > 0));

    /// <inheritdoc/>
    protected internal override Schedule WithEnd(double endEpochs) => endEpochs > OffsetEpochs
        ? new ShiftSchedule(Schedule.WithEnd(endEpochs - OffsetEpochs), OffsetEpochs)
        : throw new ArgumentException($"The new end at {Require.Text(endEpochs)} must lie after the start at {Require.Text(OffsetEpochs)}.", nameof(endEpochs));
}
