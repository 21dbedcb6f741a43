namespace Cawb;

/// <summary>From where to where the numbers of a range lie; infinite where there is no bound.</summary>
internal readonly record struct NumberBounds(double Minimum, bool ExcludesMinimum, double Maximum, bool IsWhole)
{
    public static NumberBounds Of(NumberRange range) => new(
        range switch { NumberRange.Finite => double.NegativeInfinity, NumberRange.Count => 1, _ => 0 },
        range == NumberRange.Positive,
        range == NumberRange.Factor ? 1 : double.PositiveInfinity,
        range is NumberRange.Count or NumberRange.WholeNotNegative);
}
