namespace Cawb;

/// <summary>A straight line on a logarithmic axis from one level to another, then flat: the learning-rate range test where it rises.</summary>
/// <remarks>
/// <c>value(t) = start (end / start)^(t / T)</c>, as <see cref="DecayShape.Exponential"/>, for a base of 0 too.
/// Source: the range test of Smith, arXiv:1506.01186. Differs from fvcore's <c>ExponentialParamScheduler</c> in the unit of time alone, which there is the run.
/// </remarks>
public sealed record GeometricSchedule : Schedule
{
    internal static ObjectFormat<Schedule> TextFormat { get; } = ObjectFormat<Schedule>.Of<GeometricSchedule>(
        "geometric",
        "A straight line on a logarithmic axis, then flat.",
        [
            Field<GeometricSchedule>.Time("durationEpochs", schedule => schedule.DurationEpochs, "Length of the curve in epochs.", NumberRange.Positive, EndMove.Follows),
            Field<GeometricSchedule>.Level("start", schedule => schedule.Start, "Where the curve starts, above 0.", Level.Base),
            Field<GeometricSchedule>.Level("end", schedule => schedule.End, "Where the curve ends, above 0."),
        ],
        values => new GeometricSchedule(values.Number("durationEpochs"), values.Level("start"), values.Level("end")));

    private readonly LevelSpan span;

    /// <summary>Between any two levels above 0.</summary>
    /// <param name="durationEpochs">T, above 0.</param>
    /// <param name="start">Where the curve starts, above 0.</param>
    /// <param name="end">Where the curve ends, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value outside its range.</exception>
    public GeometricSchedule(double durationEpochs, Level start, Level end)
    {
        DurationEpochs = Require.Positive(durationEpochs);
        Require.Positive(start.Amount, nameof(start));
        Require.Positive(end.Amount, nameof(end));
        span = new LevelSpan(start, end);
    }

    /// <summary>T, the length of the curve in epochs.</summary>
    public double DurationEpochs { get; }

    /// <summary>Where the curve starts.</summary>
    public Level Start => span.Start;

    /// <summary>Where the curve ends.</summary>
    public Level End => span.End;

    /// <inheritdoc/>
    public override bool IsRelative => span.IsRelative;

    /// <inheritdoc/>
    public override double EndEpochs => DurationEpochs;

    internal override ObjectFormat<Schedule> Format => TextFormat;

    /// <inheritdoc/>
    public override double ValueAt(double epochs, double baseValue) =>
        span.ValueAt(DecayShape.Exponential, epochs <= 0 ? 0 : epochs >= DurationEpochs ? 1 : epochs / DurationEpochs, baseValue);

    internal override Formula FormulaAt(double epochs, double baseValue) =>
        new(LevelSpan.Formula(DecayShape.Exponential, "start", "end", "t / durationEpochs")) { Stretch = "the curve" };

    /// <inheritdoc/>
    public override double ConstantUntil(double epochs) => epochs >= DurationEpochs ? double.PositiveInfinity : epochs;
}
