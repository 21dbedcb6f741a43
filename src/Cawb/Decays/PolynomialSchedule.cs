namespace Cawb;

/// <summary>A power of the share of time that is left, then flat.</summary>
/// <remarks>
/// <c>value(t) = end + (start - end)(1 - t / T)^power</c>. Source: the "poly" policy of Caffe and DeepLab (arXiv:1606.00915).
/// Differs from Keras' <c>PolynomialDecay</c> with <c>cycle=True</c>: it does not start again.
/// </remarks>
public sealed record PolynomialSchedule : DecaySchedule
{
    internal static ObjectFormat<Schedule> TextFormat { get; } = ObjectFormat<Schedule>.Of<PolynomialSchedule>(
        "polynomial",
        "A power of the share of time that is left, then flat.",
        [
            Field<PolynomialSchedule>.Time("durationEpochs", schedule => schedule.DurationEpochs, "Length of the curve in epochs.", NumberRange.Positive, EndMove.Follows),
            Field<PolynomialSchedule>.Number("power", schedule => schedule.Power, "Exponent.", NumberRange.Positive),
            Field<PolynomialSchedule>.Level("start", schedule => schedule.Start, "Where the curve starts.", Level.Base),
            Field<PolynomialSchedule>.Level("end", schedule => schedule.End, "Where the curve ends.", Level.Zero),
        ],
        values => new PolynomialSchedule(values.Number("durationEpochs"), values.Number("power"), values.Level("start"), values.Level("end")));

    /// <summary>From the base down to a fraction of it.</summary>
    /// <param name="durationEpochs">Length of the curve in epochs, above 0.</param>
    /// <param name="power">Exponent, above 0; 1 is a straight line.</param>
    /// <param name="minFactor">Where it ends, between 0 and 1 times the base.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value outside its range.</exception>
    public PolynomialSchedule(double durationEpochs, double power, double minFactor = 0)
        : this(durationEpochs, power, Level.Base, Level.Factor(Require.Factor(minFactor)))
    {
    }

    /// <summary>Between any two levels, up or down.</summary>
    /// <param name="durationEpochs">Length of the curve in epochs, above 0.</param>
    /// <param name="power">Exponent, above 0.</param>
    /// <param name="start">Where the curve starts.</param>
    /// <param name="end">Where the curve ends.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value outside its range.</exception>
    public PolynomialSchedule(double durationEpochs, double power, Level start, Level end) : base(durationEpochs, start, end) =>
        Power = Require.Positive(power);

    /// <summary>Exponent, above 0.</summary>
    public double Power { get; }

    internal override ObjectFormat<Schedule> Format => TextFormat;

    private protected override string ShareFormula => "(1 - t / durationEpochs) ** power";

    private protected override double ShareAt(double progress) => Math.Pow(1 - progress, Power);
}
