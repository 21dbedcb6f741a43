namespace Cawb.Reports.Statistics;

/// <summary>The rule that every statistic asks of its values.</summary>
internal static class Samples
{
    public static void Check(ReadOnlySpan<double> values, string parameterName, int minimumCount)
    {
        if (values.Length < minimumCount)
        {
            throw new ArgumentException($"At least {minimumCount} value(s) are needed; got {values.Length}.", parameterName);
        }
        for (var i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
            {
                throw new ArgumentException($"Value {i} is {values[i]:R}; all must be finite.", parameterName);
            }
        }
    }
}
