namespace Cawb;

/// <summary>Half a cosine, raised to a power, scaled and lifted. Made by <see cref="Annealing.Cosine"/>.</summary>
/// <remarks><c>f(x, y) = ((1 + cos(pi x / y)) / 2)^power * scale + offset</c>. With power 1 this is equation 5 of arXiv:1608.03983.</remarks>
internal sealed record CosineAnnealing : Annealing
{
    internal static ObjectFormat<Annealing> TextFormat { get; } = ObjectFormat<Annealing>.Of<CosineAnnealing>(
        "cosine",
        "((1 + cos(pi * x / y)) / 2) ** power * scale + offset",
        [
            Field<CosineAnnealing>.Number("power", a => a.Power, "Exponent of the half cosine.", NumberRange.Positive, 1),
            Field<CosineAnnealing>.Number("scale", a => a.Scale, "Height of the curve.", NumberRange.Finite, 1),
            Field<CosineAnnealing>.Number("offset", a => a.Offset, "Floor of the curve.", NumberRange.NotNegative, 0),
        ],
        values => new CosineAnnealing(values.Number("power"), values.Number("scale"), values.Number("offset")));

    internal CosineAnnealing(double power, double scale, double offset)
    {
        Power = Require.Positive(power);
        (Scale, Offset) = Height.Checked(scale, offset);
    }

    /// <summary>Exponent of the half cosine, above 0.</summary>
    public double Power { get; }

    /// <summary>Height of the curve.</summary>
    public double Scale { get; }

    /// <summary>Value at the end of the curve, 0 or above.</summary>
    public double Offset { get; }

    internal override ObjectFormat<Annealing> Format => TextFormat;

    /// <inheritdoc/>
    public override double FactorAt(double x, double y)
    {
        var half = (1 + Math.Cos(x * Math.PI / y)) / 2;
        return (Power == 1 ? half : Math.Pow(half, Power)) * Scale + Offset;
    }
}
