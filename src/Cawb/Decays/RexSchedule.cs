namespace Cawb;

/// <summary>Reflected exponential: stays high longer than a line and falls steeply at the end, then flat.</summary>
/// <remarks>
/// <c>value(t) = end + (start - end)(1 - u) / (1/2 + (1 - u) / 2)</c> with <c>u = t / T</c>.
/// Source: Chen, Wolfe and Kyrillidis, "REX: revisiting budgeted training with an improved schedule", arXiv:2107.04197, with its beta of 1/2.
/// Differs from the paper in that it may end above 0.
/// </remarks>
public sealed record RexSchedule : DecaySchedule
{
    internal static ObjectFormat<Schedule> TextFormat { get; } = ObjectFormat<Schedule>.Of<RexSchedule>(
        "rex",
        "Reflected exponential, then flat.",
        [
            Field<RexSchedule>.Time("durationEpochs", schedule => schedule.DurationEpochs, "Length of the curve in epochs.", NumberRange.Positive, EndMove.Follows),
            Field<RexSchedule>.Level("start", schedule => schedule.Start, "Where the curve starts.", Level.Base),
            Field<RexSchedule>.Level("end", schedule => schedule.End, "Where the curve ends.", Level.Zero),
        ],
        values => new RexSchedule(values.Number("durationEpochs"), values.Level("start"), values.Level("end")));

    /// <summary>From the base down to a fraction of it.</summary>
    /// <param name="durationEpochs">T, above 0.</param>
    /// <param name="minFactor">Where it ends, between 0 and 1 times the base.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value outside its range.</exception>
    public RexSchedule(double durationEpochs, double minFactor = 0) : this(durationEpochs, Level.Base, Level.Factor(Require.Factor(minFactor)))
    {
    }

    /// <summary>Between any two levels.</summary>
    /// <param name="durationEpochs">T, above 0.</param>
    /// <param name="start">Where the curve starts.</param>
    /// <param name="end">Where the curve ends.</param>
    /// <exception cref="ArgumentOutOfRangeException">The duration is not above 0.</exception>
    public RexSchedule(double durationEpochs, Level start, Level end) : base(durationEpochs, start, end)
    {
    }

    internal override ObjectFormat<Schedule> Format => TextFormat;

    private protected override string ShareFormula => "(1 - t / durationEpochs) / (1 / 2 + (1 - t / durationEpochs) / 2)";

    private protected override double ShareAt(double progress) => (1 - progress) / (0.5 + (1 - progress) / 2);
}
