namespace Cawb;

/// <summary>A straight ramp in front of another schedule, which starts when the ramp has reached its first value.</summary>
/// <remarks>
/// <c>value(t) = start + (inner(0) - start) * t / W</c> for t &lt; W, then <c>inner(t - W)</c>: continuous at W.
/// Source: the gradual warm-up of Goyal et al., arXiv:1706.02677. Differs from timm's warm-up, under which the schedule runs on by default: that is the product of the schedule
/// and a <see cref="LinearSchedule"/> that rises to 1.
/// </remarks>
public sealed record WarmupSchedule : Schedule
{
    internal static ObjectFormat<Schedule> TextFormat { get; } = ObjectFormat<Schedule>.Of<WarmupSchedule>(
        "warmup",
        "A straight ramp in front of another schedule, whose time starts at the end of the ramp.",
        [
            Field<WarmupSchedule>.Time("warmupEpochs", schedule => schedule.WarmupEpochs, "Length of the ramp in epochs.", NumberRange.Positive),
            Field<WarmupSchedule>.Level("start", schedule => schedule.Start, "Where the ramp starts.", Level.Zero),
            Field<WarmupSchedule>.Schedule("schedule", schedule => schedule.Schedule, "What follows."),
        ],
        values => new WarmupSchedule(values.Schedule("schedule"), values.Number("warmupEpochs"), values.Level("start")));

    /// <summary>A ramp in front of a schedule.</summary>
    /// <param name="schedule">What follows; its time starts at the end of the ramp.</param>
    /// <param name="warmupEpochs">Length of the ramp in epochs, above 0.</param>
    /// <param name="start">Where the ramp starts; 0 by default, so that the first batch trains nothing.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is not above 0.</exception>
    public WarmupSchedule(Schedule schedule, double warmupEpochs, Level start = default)
    {
        Schedule = PartList.Inner(schedule);
        WarmupEpochs = Require.Positive(warmupEpochs);
        Start = start;
    }

    /// <summary>What follows the ramp.</summary>
    public Schedule Schedule { get; }

    /// <summary>W, the length of the ramp in epochs, above 0.</summary>
    public double WarmupEpochs { get; }

    /// <summary>Where the ramp starts.</summary>
    public Level Start { get; }

    /// <inheritdoc/>
    public override bool IsRelative => Schedule.IsRelative && !Start.IsAbsolute;

    /// <inheritdoc/>
    public override double EndEpochs => WarmupEpochs + Schedule.EndEpochs;

    internal override ObjectFormat<Schedule> Format => TextFormat;

    /// <inheritdoc/>
    public override double ValueAt(double epochs, double baseValue)
    {
        if (epochs >= WarmupEpochs)
            return Schedule.ValueAt(epochs - WarmupEpochs, baseValue);
        var progress = Math.Max(epochs, 0) / WarmupEpochs;
        return IsRelative
            ? new LevelSpan(Level.Factor(Schedule.ValueAt(0, 1)), Start).ValueAt(progress, baseValue)
            : new LevelSpan(Level.Absolute(Schedule.ValueAt(0, baseValue)), Start).ValueAt(progress, baseValue);
    }

    internal override Formula FormulaAt(double epochs, double baseValue) => epochs < WarmupEpochs
        ? new("start + (first - start) * t / warmupEpochs", ("first", Schedule.ValueAt(0, baseValue))) { Stretch = "the warm-up", Reason = "It ends at {first}, the first value of what follows." }
        : Formula.Of("inner(t - warmupEpochs)", "After the warm-up of {warmupEpochs} epochs: what follows, at its own epoch {own}.", Schedule, epochs - WarmupEpochs, baseValue);

    /// <inheritdoc/>
    public override double ConstantUntil(double epochs) =>
        epochs < WarmupEpochs ? epochs : Timeline.ConstantUntil(Schedule, epochs, WarmupEpochs);

    /// <inheritdoc/>
    public override IEnumerable<ScheduleEvent> Events(double endEpochs) => WarmupEpochs > endEpochs
        ? []
        : EventStream.Merged(
            EventStream.Shifted(Schedule.Events(endEpochs - WarmupEpochs), WarmupEpochs)
                .Where(scheduleEvent => scheduleEvent.Epochs <= endEpochs)
                .Prepend(new ScheduleEvent(ScheduleEventKind.WarmupEnd, WarmupEpochs, Index: 0)));

    /// <inheritdoc/>
    protected internal override Schedule WithEnd(double endEpochs) => endEpochs > WarmupEpochs
        ? new WarmupSchedule(Schedule.WithEnd(endEpochs - WarmupEpochs), WarmupEpochs, Start)
        : throw new ArgumentException($"The new end at {Require.Text(endEpochs)} must lie after the warm-up's end at {Require.Text(WarmupEpochs)}.", nameof(endEpochs));
}
