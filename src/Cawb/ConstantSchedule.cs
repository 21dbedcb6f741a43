namespace Cawb;

/// <summary>The same value for ever: a multiple of the base, or a value of its own.</summary>
/// <remarks><c>value(t) = level</c>. Source: optax' <c>constant_schedule</c>. Differs from PyTorch's <c>ConstantLR</c>, whose factor falls away after <c>total_iters</c>.</remarks>
public sealed record ConstantSchedule : Schedule
{
    internal static ObjectFormat<Schedule> TextFormat { get; } = ObjectFormat<Schedule>.Of<ConstantSchedule>(
        "constant",
        "The same value for ever.",
        [Field<ConstantSchedule>.Level("level", schedule => schedule.Level, "The value.", Level.Base)],
        values => new ConstantSchedule(values.Level("level")));

    /// <summary>The base value itself.</summary>
    public ConstantSchedule() : this(Level.Base)
    {
    }

    /// <summary>A level of one's own.</summary>
    public ConstantSchedule(Level level) => Level = level;

    /// <summary>The value.</summary>
    public Level Level { get; }

    /// <inheritdoc/>
    public override bool IsRelative => !Level.IsAbsolute;

    /// <inheritdoc/>
    public override double EndEpochs => 0;

    internal override ObjectFormat<Schedule> Format => TextFormat;

    /// <inheritdoc/>
    public override double ValueAt(double epochs, double baseValue) => Level.Of(baseValue);

    internal override Formula FormulaAt(double epochs, double baseValue) => Formula.Of("level", Level);

    /// <inheritdoc/>
    public override double ConstantUntil(double epochs) => double.PositiveInfinity;

    /// <inheritdoc/>
    public override IEnumerable<ScheduleEvent> Events(double endEpochs) => [];
}
