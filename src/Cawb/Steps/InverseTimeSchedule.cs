namespace Cawb;

/// <summary>One over time, the classical rate of stochastic approximation; never ends.</summary>
/// <remarks>
/// <c>value(t) = base / (1 + rate * t / interval)</c>, or with <c>floor(t / interval)</c> as a staircase. Source: Robbins and Monro, 1951.
/// Differs from Keras' <c>InverseTimeDecay</c> in the unit of time alone, which there is the step.
/// </remarks>
public sealed record InverseTimeSchedule : Schedule
{
    internal static ObjectFormat<Schedule> TextFormat { get; } = ObjectFormat<Schedule>.Of<InverseTimeSchedule>(
        "inverseTime",
        "One over time.",
        [
            Field<InverseTimeSchedule>.Number("rate", schedule => schedule.Rate, "How strongly the value falls.", NumberRange.NotNegative),
            Field<InverseTimeSchedule>.Time("intervalEpochs", schedule => schedule.IntervalEpochs, "Length of an interval in epochs.", NumberRange.Positive, fallback: 1),
            Field<InverseTimeSchedule>.Flag("isStaircase", schedule => schedule.IsStaircase, "Whether the value stays within an interval."),
        ],
        values => new InverseTimeSchedule(values.Number("rate"), values.Number("intervalEpochs"), values.Flag("isStaircase")));

    /// <summary>A smooth decline or a staircase.</summary>
    /// <param name="rate">How strongly the value falls: after 1 / rate intervals it is half the base. 0 or above.</param>
    /// <param name="intervalEpochs">Length of an interval in epochs, above 0.</param>
    /// <param name="isStaircase">Whether the value stays within an interval.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value outside its range.</exception>
    public InverseTimeSchedule(double rate, double intervalEpochs = 1, bool isStaircase = false)
    {
        Rate = Require.NotNegative(rate);
        IntervalEpochs = Require.Positive(intervalEpochs);
        IsStaircase = isStaircase;
    }

    /// <summary>How strongly the value falls.</summary>
    public double Rate { get; }

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
        var intervals = IsStaircase ? Boundaries.PeriodsUpTo(IntervalEpochs, time) : time / IntervalEpochs;
        // A rate of 0 times an overflowing time would be no number.
        return baseValue * (Rate == 0 ? 1 : 1 / (1 + Rate * intervals));
    }

    internal override Formula FormulaAt(double epochs, double baseValue) => PeriodicEvents.FormulaAt(epochs, IntervalEpochs, IsStaircase, intervals => $"base / (1 + rate * {intervals})");

    /// <inheritdoc/>
    public override double ConstantUntil(double epochs) =>
        IsStaircase ? Math.Max(epochs, (Boundaries.PeriodsUpTo(IntervalEpochs, epochs) + 1) * IntervalEpochs) : epochs;

    /// <inheritdoc/>
    public override IEnumerable<ScheduleEvent> Events(double endEpochs) =>
        IsStaircase ? PeriodicEvents.Of(ScheduleEventKind.Phase, IntervalEpochs, endEpochs) : [];
}
