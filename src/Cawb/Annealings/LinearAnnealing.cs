namespace Cawb;

/// <summary>A straight line. Made by <see cref="Annealing.Linear"/>.</summary>
/// <remarks><c>f(x, y) = (1 - x / y) * scale + offset</c>.</remarks>
internal sealed record LinearAnnealing : Annealing
{
    internal static ObjectFormat<Annealing> TextFormat { get; } = ObjectFormat<Annealing>.Of<LinearAnnealing>(
        "linear",
        "(1 - x / y) * scale + offset",
        [
            Field<LinearAnnealing>.Number("scale", a => a.Scale, "Height of the line.", NumberRange.Finite, 1),
            Field<LinearAnnealing>.Number("offset", a => a.Offset, "Floor of the line.", NumberRange.NotNegative, 0),
        ],
        values => new LinearAnnealing(values.Number("scale"), values.Number("offset")));

    internal LinearAnnealing(double scale, double offset) => (Scale, Offset) = Height.Checked(scale, offset);

    /// <summary>Height of the line.</summary>
    public double Scale { get; }

    /// <summary>Value at the end of the line, 0 or above.</summary>
    public double Offset { get; }

    internal override ObjectFormat<Annealing> Format => TextFormat;

    /// <inheritdoc/>
    public override double FactorAt(double x, double y) => (1 - x / y) * Scale + Offset;
}
