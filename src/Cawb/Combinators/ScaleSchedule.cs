namespace Cawb;

/// <summary>A schedule times a constant, absolute values included.</summary>
/// <remarks>
/// <c>value(t) = inner(t) * factor</c>. Scaling twice is scaling once by the product.
/// Source: the linear scaling of rates with the batch size, Goyal et al., arXiv:1706.02677. Differs from another base rate in that absolute levels are scaled too.
/// </remarks>
public sealed record ScaleSchedule : Schedule
{
    internal static ObjectFormat<Schedule> TextFormat { get; } = ObjectFormat<Schedule>.Of<ScaleSchedule>(
        "scale",
        "A schedule times a constant.",
        [
            Field<ScaleSchedule>.Number("factor", schedule => schedule.Factor, "The constant.", NumberRange.NotNegative),
            Field<ScaleSchedule>.Schedule("schedule", schedule => schedule.Schedule, "What is scaled.", EndMove.Follows),
        ],
        values => new ScaleSchedule(values.Schedule("schedule"), values.Number("factor")));

    /// <summary>A scaled schedule.</summary>
    /// <param name="schedule">What is scaled.</param>
    /// <param name="factor">0 or above.</param>
    /// <exception cref="ArgumentOutOfRangeException">The factor is negative or not finite, alone or times that of a scaled schedule inside.</exception>
    public ScaleSchedule(Schedule schedule, double factor)
    {
        Require.NotNegative(factor);
        var inner = PartList.Inner(schedule) as ScaleSchedule;
        Schedule = inner?.Schedule ?? schedule;
        Factor = inner is null ? factor : Require.NotNegative(inner.Factor * factor, nameof(factor));
    }

    /// <summary>What is scaled; not a scaled schedule itself.</summary>
    public Schedule Schedule { get; }

    /// <summary>The constant.</summary>
    public double Factor { get; }

    /// <inheritdoc/>
    public override bool IsRelative => Schedule.IsRelative;

    /// <inheritdoc/>
    public override double EndEpochs => Schedule.EndEpochs;

    internal override ObjectFormat<Schedule> Format => TextFormat;

    /// <inheritdoc/>
    public override double ValueAt(double epochs, double baseValue) =>
        IsRelative ? baseValue * (Schedule.ValueAt(epochs, 1) * Factor) : Schedule.ValueAt(epochs, baseValue) * Factor;

    internal override Formula FormulaAt(double epochs, double baseValue) =>
        Formula.Of("factor * inner", "All of it times {factor}.", Schedule, epochs, baseValue) with { Calculated = "factor * inner" };

    /// <inheritdoc/>
    public override double ConstantUntil(double epochs) => Schedule.ConstantUntil(epochs);

    /// <inheritdoc/>
    public override IEnumerable<ScheduleEvent> Events(double endEpochs) => Schedule.Events(endEpochs);
}
