namespace Cawb;

/// <summary>A geometric decline. Made by <see cref="Annealing.Exponential"/>.</summary>
/// <remarks><c>f(x, y) = ratio^(x / y) * scale + offset</c>.</remarks>
internal sealed record ExponentialAnnealing : Annealing
{
    internal static ObjectFormat<Annealing> TextFormat { get; } = ObjectFormat<Annealing>.Of<ExponentialAnnealing>(
        "exponential",
        "ratio ** (x / y) * scale + offset",
        [
            Field<ExponentialAnnealing>.Number("ratio", a => a.Ratio, "Factor that the whole curve covers.", NumberRange.Positive),
            Field<ExponentialAnnealing>.Number("scale", a => a.Scale, "Height of the curve at its start.", NumberRange.NotNegative, 1),
            Field<ExponentialAnnealing>.Number("offset", a => a.Offset, "What is added.", NumberRange.NotNegative, 0),
        ],
        values => new ExponentialAnnealing(values.Number("ratio"), values.Number("scale"), values.Number("offset")));

    internal ExponentialAnnealing(double ratio, double scale, double offset)
    {
        Ratio = Require.Positive(ratio);
        Require.NotNegative(scale);
        (Scale, Offset) = Height.Checked(scale, offset);
        Require.Finite(Math.Max(1, ratio) * scale + offset, nameof(ratio));
    }

    /// <summary>The factor that the whole curve covers, above 0.</summary>
    public double Ratio { get; }

    /// <summary>Height of the curve at its start, 0 or above.</summary>
    public double Scale { get; }

    /// <summary>What is added, 0 or above.</summary>
    public double Offset { get; }

    internal override ObjectFormat<Annealing> Format => TextFormat;

    /// <inheritdoc/>
    public override double FactorAt(double x, double y) => Math.Pow(Ratio, x / y) * Scale + Offset;
}
