namespace Cawb.Reports.Statistics;

/// <summary>Where a sample lies and how far it spreads.</summary>
/// <param name="Count">Number of values, 1 or more.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="StandardDeviation">Sample standard deviation, divisor <c>n - 1</c>; 0 for a single value, which says nothing about spread.</param>
/// <param name="Least">The smallest value.</param>
/// <param name="Most">The largest value.</param>
public sealed record SampleSummary(int Count, double Mean, double StandardDeviation, double Least, double Most)
{
    /// <summary>Sums up a sample.</summary>
    /// <remarks><c>s = sqrt(sum (x - mean)^2 / (n - 1))</c>, in two passes, so that close values lose no digits.</remarks>
    /// <param name="values">Finite, at least one.</param>
    /// <exception cref="ArgumentException">There is no value, or one is not finite.</exception>
    public static SampleSummary Of(ReadOnlySpan<double> values)
    {
        Samples.Check(values, nameof(values), minimumCount: 1);
        var (sum, least, most) = (0.0, values[0], values[0]);
        foreach (var value in values)
        {
            sum += value;
            (least, most) = (Math.Min(least, value), Math.Max(most, value));
        }
        var mean = sum / values.Length;
        var squares = 0.0;
        foreach (var value in values)
        {
            squares += (value - mean) * (value - mean);
        }
        return new SampleSummary(values.Length, mean, values.Length > 1 ? Math.Sqrt(squares / (values.Length - 1)) : 0, least, most);
    }
}
