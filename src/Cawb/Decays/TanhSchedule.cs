namespace Cawb;

/// <summary>A hyperbolic tangent: high for long, a quick fall, low for long; then flat.</summary>
/// <remarks>
/// <c>value(t) = end + (start - end)(1 - tanh(L (1 - t / T) + U t / T)) / 2</c>. Source: Hsueh et al., "Stochastic gradient descent with hyperbolic-tangent
/// decay", arXiv:1806.01593, where L = -6 and U = 3. The curve starts and ends a little inside its two levels.
/// Differs from timm's <c>TanhLRScheduler</c>: it stays at its last value, where timm jumps to the floor.
/// </remarks>
public sealed record TanhSchedule : DecaySchedule
{
    internal static ObjectFormat<Schedule> TextFormat { get; } = ObjectFormat<Schedule>.Of<TanhSchedule>(
        "tanh",
        "A hyperbolic tangent, then flat.",
        [
            Field<TanhSchedule>.Time("durationEpochs", schedule => schedule.DurationEpochs, "Length of the curve in epochs.", NumberRange.Positive, EndMove.Follows),
            Field<TanhSchedule>.Number("lower", schedule => schedule.Lower, "L, the argument of the tangent at the start.", NumberRange.Finite, -6),
            Field<TanhSchedule>.Number("upper", schedule => schedule.Upper, "U, the argument of the tangent at the end.", NumberRange.Finite, 3),
            Field<TanhSchedule>.Level("start", schedule => schedule.Start, "What the curve starts from.", Level.Base),
            Field<TanhSchedule>.Level("end", schedule => schedule.End, "What the curve falls towards.", Level.Zero),
        ],
        values => new TanhSchedule(values.Number("durationEpochs"), values.Level("start"), values.Level("end"), values.Number("lower"), values.Number("upper")));

    /// <summary>From the base towards a fraction of it.</summary>
    /// <param name="durationEpochs">T, above 0.</param>
    /// <param name="minFactor">What it falls towards, between 0 and 1 times the base.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value outside its range.</exception>
    public TanhSchedule(double durationEpochs, double minFactor = 0) : this(durationEpochs, Level.Base, Level.Factor(Require.Factor(minFactor)))
    {
    }

    /// <summary>Between any two levels.</summary>
    /// <param name="durationEpochs">T, above 0.</param>
    /// <param name="start">What the curve starts from.</param>
    /// <param name="end">What the curve falls towards.</param>
    /// <param name="lower">L, the argument of the tangent at the start.</param>
    /// <param name="upper">U, the argument of the tangent at the end, above <paramref name="lower"/>.</param>
    /// <exception cref="ArgumentException">A value outside its range.</exception>
    public TanhSchedule(double durationEpochs, Level start, Level end, double lower = -6, double upper = 3) : base(durationEpochs, start, end)
    {
        Lower = Require.Finite(lower);
        Upper = Require.Finite(upper);
        if (upper <= lower)
            throw new ArgumentException($"The upper argument {Require.Text(upper)} must lie above the lower one, {Require.Text(lower)}.", nameof(upper));
    }

    /// <summary>L, the argument of the tangent at the start.</summary>
    public double Lower { get; }

    /// <summary>U, the argument of the tangent at the end.</summary>
    public double Upper { get; }

    internal override ObjectFormat<Schedule> Format => TextFormat;

    private protected override string ShareFormula => "(1 - tanh(lower * (1 - t / durationEpochs) + upper * t / durationEpochs)) / 2";

    private protected override double ShareAt(double progress) => (1 - Math.Tanh(Lower * (1 - progress) + Upper * progress)) / 2;
}
