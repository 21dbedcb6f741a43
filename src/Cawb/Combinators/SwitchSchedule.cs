namespace Cawb;

/// <summary>One schedule up to a moment and another one from then on, both on the same clock.</summary>
/// <remarks>
/// <c>value(t) = before(t)</c> for t &lt; at, else <c>after(t)</c>.
/// Source: changes in the middle of a run, which <see cref="PlanChange"/> writes in this way. Differs from a <see cref="SequenceSchedule"/>, whose parts start their own time at the boundary.
/// </remarks>
internal sealed record SwitchSchedule : Schedule
{
    internal static ObjectFormat<Schedule> TextFormat { get; } = ObjectFormat<Schedule>.Of<SwitchSchedule>(
        "switch",
        "One schedule up to a moment and another one from then on, both on the same clock.",
        [
            Field<SwitchSchedule>.Time("atEpochs", schedule => schedule.AtEpochs, "When the second schedule takes over, in epochs.", NumberRange.Positive),
            Field<SwitchSchedule>.Schedule("before", schedule => schedule.Before, "Up to the moment."),
            Field<SwitchSchedule>.Schedule("after", schedule => schedule.After, "From the moment on."),
        ],
        values => new SwitchSchedule(values.Schedule("before"), values.Schedule("after"), values.Number("atEpochs")));

    /// <summary>Two schedules and the moment between them.</summary>
    /// <param name="before">Up to the moment.</param>
    /// <param name="after">From the moment on.</param>
    /// <param name="atEpochs">When the second schedule takes over, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The moment is not above 0.</exception>
    public SwitchSchedule(Schedule before, Schedule after, double atEpochs)
    {
        AtEpochs = Require.Positive(atEpochs);
        // A part of a switch inside is unreachable when its own moment lies on the other side; left out, equal behaviour is an equal value.
        Before = PartList.Inner(before) is SwitchSchedule early && early.AtEpochs >= atEpochs ? early.Before : before;
        After = PartList.Inner(after) is SwitchSchedule late && late.AtEpochs <= atEpochs ? late.After : after;
    }

    /// <summary>Up to the moment.</summary>
    public Schedule Before { get; }

    /// <summary>From the moment on.</summary>
    public Schedule After { get; }

    /// <summary>When the second schedule takes over, in epochs.</summary>
    public double AtEpochs { get; }

    /// <inheritdoc/>
    public override bool IsRelative => Before.IsRelative && After.IsRelative;

    /// <inheritdoc/>
    public override double EndEpochs => Math.Max(AtEpochs, After.EndEpochs);

    internal override ObjectFormat<Schedule> Format => TextFormat;

    /// <inheritdoc/>
    public override double ValueAt(double epochs, double baseValue) => (epochs < AtEpochs ? Before : After).ValueAt(epochs, baseValue);

    internal override Formula FormulaAt(double epochs, double baseValue) => epochs < AtEpochs
        ? Formula.Of("before(t)", "Before the switch at epoch {atEpochs}: the first schedule.", Before, epochs, baseValue)
        : Formula.Of("after(t)", "After the switch at epoch {atEpochs}: the second schedule.", After, epochs, baseValue);

    /// <inheritdoc/>
    public override double ConstantUntil(double epochs) =>
        epochs < AtEpochs ? Math.Min(Before.ConstantUntil(epochs), AtEpochs) : After.ConstantUntil(epochs);

    /// <inheritdoc/>
    public override IEnumerable<ScheduleEvent> Events(double endEpochs)
    {
        var early = Before.Events(Math.Min(endEpochs, AtEpochs)).Where(scheduleEvent => scheduleEvent.Epochs < AtEpochs && scheduleEvent.Kind != ScheduleEventKind.End);
        var late = After.Events(endEpochs).Where(scheduleEvent => scheduleEvent.Epochs >= AtEpochs);
        return EventStream.Merged(AtEpochs <= endEpochs ? early.Append(new ScheduleEvent(ScheduleEventKind.Phase, AtEpochs, Index: 0)).Concat(late) : early);
    }

    /// <inheritdoc/>
    protected internal override Schedule WithEnd(double endEpochs) => new SwitchSchedule(Before, After.WithEnd(endEpochs), AtEpochs);
}
