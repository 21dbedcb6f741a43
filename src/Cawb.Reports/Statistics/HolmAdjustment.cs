namespace Cawb.Reports.Statistics;

/// <summary>Holm's correction for looking at several p at once: the smallest is multiplied by their number, the next by one less, and so on, never falling.</summary>
/// <remarks>S. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6 (1979).</remarks>
public static class HolmAdjustment
{
    /// <summary>The corrected values in the order of the given ones.</summary>
    /// <param name="values">Each 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is no probability.</exception>
    public static IReadOnlyList<double> Of(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var adjusted = new double[values.Count];
        var largest = 0.0;
        var rank = 0;
        foreach (var index in Enumerable.Range(0, values.Count).OrderBy(i => values[i]))
        {
            if (!(values[index] >= 0 && values[index] <= 1))
            {
                throw new ArgumentOutOfRangeException(nameof(values), $"Value {index} is {values[index]:R}; a probability is 0 to 1.");
            }
            largest = Math.Max(largest, Math.Min(1, values[index] * (values.Count - rank)));
            adjusted[index] = largest;
            rank++;
        }
        return adjusted;
    }
}
