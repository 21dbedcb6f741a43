namespace Cawb;

/// <summary>A straight line from one level to another, then flat.</summary>
/// <remarks>
/// <c>value(t) = end + (start - end)(1 - t / T)</c>. A rise is a line whose end lies above its start.
/// Source: PyTorch's <c>LinearLR</c>. Differs from it in that it is computed from the position instead of step by step, and in that its ends may be absolute.
/// </remarks>
public sealed record LinearSchedule : DecaySchedule
{
    internal static ObjectFormat<Schedule> TextFormat { get; } = ObjectFormat<Schedule>.Of<LinearSchedule>(
        "linear",
        "A straight line from one level to another, then flat.",
        [
            Field<LinearSchedule>.Time("durationEpochs", schedule => schedule.DurationEpochs, "Length of the line in epochs.", NumberRange.Positive, EndMove.Follows),
            Field<LinearSchedule>.Level("start", schedule => schedule.Start, "Where the line starts.", Level.Base),
            Field<LinearSchedule>.Level("end", schedule => schedule.End, "Where the line ends.", Level.Zero),
        ],
        values => new LinearSchedule(values.Number("durationEpochs"), values.Level("start"), values.Level("end")));

    /// <summary>From the base down to a fraction of it.</summary>
    /// <param name="durationEpochs">Length of the line in epochs, above 0.</param>
    /// <param name="minFactor">Where it ends, between 0 and 1 times the base.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value outside its range.</exception>
    public LinearSchedule(double durationEpochs, double minFactor = 0) : this(durationEpochs, Level.Base, Level.Factor(Require.Factor(minFactor)))
    {
    }

    /// <summary>Between any two levels, up or down.</summary>
    /// <param name="durationEpochs">Length of the line in epochs, above 0.</param>
    /// <param name="start">Where the line starts.</param>
    /// <param name="end">Where the line ends.</param>
    /// <exception cref="ArgumentOutOfRangeException">The duration is not above 0.</exception>
    public LinearSchedule(double durationEpochs, Level start, Level end) : base(durationEpochs, start, end)
    {
    }

    internal override ObjectFormat<Schedule> Format => TextFormat;

    private protected override string ShareFormula => "(1 - t / durationEpochs)";

    private protected override double ShareAt(double progress) => 1 - progress;
}
