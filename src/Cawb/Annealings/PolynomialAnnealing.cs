namespace Cawb;

/// <summary>A power of the share that is left. Made by <see cref="Annealing.Polynomial"/>.</summary>
/// <remarks><c>f(x, y) = (1 - x / y)^power * scale + offset</c>.</remarks>
internal sealed record PolynomialAnnealing : Annealing
{
    internal static ObjectFormat<Annealing> TextFormat { get; } = ObjectFormat<Annealing>.Of<PolynomialAnnealing>(
        "polynomial",
        "(1 - x / y) ** power * scale + offset",
        [
            Field<PolynomialAnnealing>.Number("power", a => a.Power, "Exponent.", NumberRange.Positive),
            Field<PolynomialAnnealing>.Number("scale", a => a.Scale, "Height of the curve.", NumberRange.Finite, 1),
            Field<PolynomialAnnealing>.Number("offset", a => a.Offset, "Floor of the curve.", NumberRange.NotNegative, 0),
        ],
        values => new PolynomialAnnealing(values.Number("power"), values.Number("scale"), values.Number("offset")));

    internal PolynomialAnnealing(double power, double scale, double offset)
    {
        Power = Require.Positive(power);
        (Scale, Offset) = Height.Checked(scale, offset);
    }

    /// <summary>Exponent, above 0.</summary>
    public double Power { get; }

    /// <summary>Height of the curve.</summary>
    public double Scale { get; }

    /// <summary>Value at the end of the curve, 0 or above.</summary>
    public double Offset { get; }

    internal override ObjectFormat<Annealing> Format => TextFormat;

    /// <inheritdoc/>
    public override double FactorAt(double x, double y) => Math.Pow(1 - x / y, Power) * Scale + Offset;
}
