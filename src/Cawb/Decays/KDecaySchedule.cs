namespace Cawb;

/// <summary>A cosine or polynomial whose time is bent by a power k: k above 1 keeps the value high for longer and lets it fall faster at the end.</summary>
/// <remarks>
/// With <c>u = (t / T)^k</c>: <c>value(t) = end + (start - end)(1 + cos(pi u)) / 2</c>, or <c>(1 - u)^power</c>; then flat.
/// Source: Zhang and Li, "k-decay: a new method for learning rate schedule", arXiv:2004.05909. With k = 1 it is the plain curve.
/// Differs from timm's <c>k_decay</c> in that there is one curve and no cycles.
/// </remarks>
public sealed record KDecaySchedule : DecaySchedule
{
    internal static ObjectFormat<Schedule> TextFormat { get; } = ObjectFormat<Schedule>.Of<KDecaySchedule>(
        "kDecay",
        "A cosine or polynomial whose time is bent by a power.",
        [
            Field<KDecaySchedule>.Time("durationEpochs", schedule => schedule.DurationEpochs, "Length of the curve in epochs.", NumberRange.Positive, EndMove.Follows),
            Field<KDecaySchedule>.Number("k", schedule => schedule.K, "Power that bends the time.", NumberRange.Positive),
            Field<KDecaySchedule>.Choice("curve", schedule => schedule.Curve, "What is bent.", KDecayCurve.Cosine),
            Field<KDecaySchedule>.Number("power", schedule => schedule.Power, "Exponent of the polynomial.", NumberRange.Positive, 1),
            Field<KDecaySchedule>.Level("start", schedule => schedule.Start, "Where the curve starts.", Level.Base),
            Field<KDecaySchedule>.Level("end", schedule => schedule.End, "Where the curve ends.", Level.Zero),
        ],
        values => new KDecaySchedule(
            values.Number("durationEpochs"), values.Number("k"), values.Level("start"), values.Level("end"), values.Choice<KDecayCurve>("curve"), values.Number("power")));

    /// <summary>A cosine from the base down to a fraction of it.</summary>
    /// <param name="durationEpochs">T, above 0.</param>
    /// <param name="k">Power that bends the time, above 0.</param>
    /// <param name="minFactor">Where it ends, between 0 and 1 times the base.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value outside its range.</exception>
    public KDecaySchedule(double durationEpochs, double k, double minFactor = 0) : this(durationEpochs, k, Level.Base, Level.Factor(Require.Factor(minFactor)))
    {
    }

    /// <summary>Any of the curves between any two levels.</summary>
    /// <param name="durationEpochs">T, above 0.</param>
    /// <param name="k">Power that bends the time, above 0.</param>
    /// <param name="start">Where the curve starts.</param>
    /// <param name="end">Where the curve ends.</param>
    /// <param name="curve">What is bent.</param>
    /// <param name="power">Exponent of the polynomial, above 0; 1 for the cosine, which has none.</param>
    /// <exception cref="ArgumentException">A value outside its range, or a power for the cosine.</exception>
    public KDecaySchedule(double durationEpochs, double k, Level start, Level end, KDecayCurve curve = KDecayCurve.Cosine, double power = 1)
        : base(durationEpochs, start, end)
    {
        K = Require.Positive(k);
        Curve = Require.Defined(curve);
        Power = Require.Positive(power);
        if (curve == KDecayCurve.Cosine && power != 1)
            throw new ArgumentException($"The cosine has no exponent; leave it at 1 or take the polynomial. Got {Require.Text(power)}.", nameof(power));
    }

    /// <summary>Power that bends the time.</summary>
    public double K { get; }

    /// <summary>What is bent.</summary>
    public KDecayCurve Curve { get; }

    /// <summary>Exponent of the polynomial.</summary>
    public double Power { get; }

    internal override ObjectFormat<Schedule> Format => TextFormat;

    private protected override string ShareFormula => Curve == KDecayCurve.Cosine ? "(1 + cos(pi * (t / durationEpochs) ** k)) / 2" : "(1 - (t / durationEpochs) ** k) ** power";

    private protected override double ShareAt(double progress)
    {
        var bent = Math.Pow(progress, K);
        return Curve == KDecayCurve.Cosine ? HalfCosine.At(bent) : Math.Pow(1 - bent, Power);
    }
}
