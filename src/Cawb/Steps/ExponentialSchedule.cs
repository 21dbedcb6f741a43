namespace Cawb;

/// <summary>A geometric decline that never ends.</summary>
/// <remarks>
/// <c>value(t) = base * factor^(t / interval)</c>, or <c>factor^floor(t / interval)</c> as a staircase. Source: PyTorch's <c>ExponentialLR</c> with one
/// step per interval, Keras' <c>ExponentialDecay</c> and optax' <c>exponential_decay</c> with the interval in steps. Differs from PyTorch's in that it is computed from the position instead of step by step.
/// </remarks>
public sealed record ExponentialSchedule : Schedule
{
    internal static ObjectFormat<Schedule> TextFormat { get; } = ObjectFormat<Schedule>.Of<ExponentialSchedule>(
        "exponential",
        "A geometric decline that never ends.",
        [
            Field<ExponentialSchedule>.Number("factor", schedule => schedule.Factor, "What an interval multiplies by, above 0 and at most 1.", NumberRange.Factor),
            Field<ExponentialSchedule>.Time("intervalEpochs", schedule => schedule.IntervalEpochs, "Length of an interval in epochs.", NumberRange.Positive, fallback: 1),
            Field<ExponentialSchedule>.Flag("isStaircase", schedule => schedule.IsStaircase, "Whether the value stays within an interval."),
        ],
        values => new ExponentialSchedule(values.Number("factor"), values.Number("intervalEpochs"), values.Flag("isStaircase")));

    /// <summary>A smooth decline or a staircase.</summary>
    /// <param name="factor">What an interval multiplies by, above 0 and at most 1.</param>
    /// <param name="intervalEpochs">Length of an interval in epochs, above 0.</param>
    /// <param name="isStaircase">Whether the value stays within an interval.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value outside its range.</exception>
    public ExponentialSchedule(double factor, double intervalEpochs = 1, bool isStaircase = false)
    {
        Factor = Require.Positive(Require.Factor(factor));
        IntervalEpochs = Require.Positive(intervalEpochs);
        IsStaircase = isStaircase;
    }

    /// <summary>What an interval multiplies by.</summary>
    public double Factor { get; }

    /// <summary>Length of an interval in epochs.</summary>
    public double IntervalEpochs { get; }

    /// <summary>Whether the value stays within an interval.</summary>
    public bool IsStaircase { get; }

    /// <inheritdoc/>
    public override bool IsRelative => true;

    internal override ObjectFormat<Schedule> Format => TextFormat;

    /// <inheritdoc/>
    public override double ValueAt(double epochs, double baseValue)
    {
        var time = Math.Max(epochs, 0);
        return baseValue * Math.Pow(Factor, IsStaircase ? Boundaries.PeriodsUpTo(IntervalEpochs, time) : time / IntervalEpochs);
    }

    internal override Formula FormulaAt(double epochs, double baseValue) => PeriodicEvents.FormulaAt(epochs, IntervalEpochs, IsStaircase, intervals => $"base * factor ** {intervals}");

    /// <inheritdoc/>
    public override double ConstantUntil(double epochs) =>
        IsStaircase ? Math.Max(epochs, (Boundaries.PeriodsUpTo(IntervalEpochs, epochs) + 1) * IntervalEpochs) : epochs;

    /// <inheritdoc/>
    public override IEnumerable<ScheduleEvent> Events(double endEpochs) =>
        IsStaircase ? PeriodicEvents.Of(ScheduleEventKind.Phase, IntervalEpochs, endEpochs) : [];
}
