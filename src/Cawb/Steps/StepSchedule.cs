namespace Cawb;

/// <summary>A drop at equal intervals.</summary>
/// <remarks>
/// <c>value(t) = base * max(minFactor, factor^floor(t / interval))</c>.
/// Source: PyTorch's <c>StepLR</c>. Differs from it in its floor, and in that it is computed from the position instead of step by step.
/// </remarks>
public sealed record StepSchedule : Schedule
{
    internal static ObjectFormat<Schedule> TextFormat { get; } = ObjectFormat<Schedule>.Of<StepSchedule>(
        "step",
        "A drop at equal intervals.",
        [
            Field<StepSchedule>.Time("intervalEpochs", schedule => schedule.IntervalEpochs, "Epochs between two drops.", NumberRange.Positive),
            Field<StepSchedule>.Number("factor", schedule => schedule.Factor, "What a drop multiplies by.", NumberRange.Factor),
            Field<StepSchedule>.Number("minFactor", schedule => schedule.MinFactor, "Floor as a multiple of the base.", NumberRange.Factor, 0),
        ],
        values => new StepSchedule(values.Number("intervalEpochs"), values.Number("factor"), values.Number("minFactor")));

    /// <summary>A drop every so many epochs.</summary>
    /// <param name="intervalEpochs">Epochs between two drops, above 0.</param>
    /// <param name="factor">What a drop multiplies by, between 0 and 1.</param>
    /// <param name="minFactor">Floor as a multiple of the base, between 0 and 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value outside its range.</exception>
    public StepSchedule(double intervalEpochs, double factor, double minFactor = 0)
    {
        IntervalEpochs = Require.Positive(intervalEpochs);
        Factor = Require.Factor(factor);
        MinFactor = Require.Factor(minFactor);
    }

    /// <summary>Epochs between two drops.</summary>
    public double IntervalEpochs { get; }

    /// <summary>What a drop multiplies by.</summary>
    public double Factor { get; }

    /// <summary>Floor as a multiple of the base.</summary>
    public double MinFactor { get; }

    /// <inheritdoc/>
    public override bool IsRelative => true;

    internal override ObjectFormat<Schedule> Format => TextFormat;

    /// <inheritdoc/>
    public override double ValueAt(double epochs, double baseValue) =>
        baseValue * Math.Max(MinFactor, Math.Pow(Factor, Boundaries.PeriodsUpTo(IntervalEpochs, Math.Max(epochs, 0))));

    internal override Formula FormulaAt(double epochs, double baseValue)
    {
        var drops = Boundaries.PeriodsUpTo(IntervalEpochs, epochs);
        return new Formula(MinFactor > 0 ? "base * max(minFactor, factor ** drops)" : "base * factor ** drops", ("drops", drops))
        {
            Stretch = $"stair {drops + 1}",
            Bounds = (drops * IntervalEpochs, (drops + 1) * IntervalEpochs),
        };
    }

    /// <inheritdoc/>
    public override double ConstantUntil(double epochs) => Math.Max(epochs, (Boundaries.PeriodsUpTo(IntervalEpochs, epochs) + 1) * IntervalEpochs);

    /// <inheritdoc/>
    public override IEnumerable<ScheduleEvent> Events(double endEpochs) => PeriodicEvents.Of(ScheduleEventKind.Phase, IntervalEpochs, endEpochs);
}
