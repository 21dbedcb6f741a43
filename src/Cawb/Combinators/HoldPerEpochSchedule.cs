namespace Cawb;

/// <summary>A schedule that is looked at once per epoch: every batch of an epoch trains with the value at the epoch's start.</summary>
/// <remarks>
/// <c>value(t) = inner(floor(t))</c>. Holding twice is holding once.
/// Source: loops that call PyTorch's <c>scheduler.step()</c> after each epoch. Differs from them in that the position stays a number of batches, so that a warm-up in front is still a ramp of every batch.
/// </remarks>
public sealed record HoldPerEpochSchedule : Schedule
{
    internal static ObjectFormat<Schedule> TextFormat { get; } = ObjectFormat<Schedule>.Of<HoldPerEpochSchedule>(
        "holdPerEpoch",
        "A schedule that is looked at once per epoch.",
        [Field<HoldPerEpochSchedule>.Schedule("schedule", schedule => schedule.Schedule, "What is looked at.", EndMove.Follows)],
        values => new HoldPerEpochSchedule(values.Schedule("schedule")));

    /// <summary>A schedule in steps of an epoch.</summary>
    /// <param name="schedule">What is looked at.</param>
    public HoldPerEpochSchedule(Schedule schedule) => Schedule = PartList.Inner(schedule) is HoldPerEpochSchedule inner ? inner.Schedule : schedule;

    /// <summary>What is looked at.</summary>
    public Schedule Schedule { get; }

    /// <inheritdoc/>
    public override bool IsRelative => Schedule.IsRelative;

    /// <inheritdoc/>
    public override double EndEpochs => Math.Ceiling(Schedule.EndEpochs);

    internal override ObjectFormat<Schedule> Format => TextFormat;

    /// <inheritdoc/>
    public override double ValueAt(double epochs, double baseValue) => Schedule.ValueAt(Math.Floor(epochs), baseValue);

    internal override Formula FormulaAt(double epochs, double baseValue) =>
        Formula.Of("inner(floor(t))", "Looked at once per epoch, here at epoch {own}.", Schedule, Math.Floor(epochs), baseValue);

    /// <inheritdoc/>
    public override double ConstantUntil(double epochs) => epochs >= EndEpochs ? double.PositiveInfinity : Math.Floor(epochs) + 1;

    /// <inheritdoc/>
    public override IEnumerable<ScheduleEvent> Events(double endEpochs) => EventStream.Merged(
        Schedule.Events(endEpochs).Select(scheduleEvent => scheduleEvent with { Epochs = Math.Ceiling(scheduleEvent.Epochs) }).Where(scheduleEvent => scheduleEvent.Epochs <= endEpochs));
}
