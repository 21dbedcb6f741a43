namespace Cawb.Reports.Statistics;

/// <summary>Bootstrap confidence interval of a mean, corrected for small samples.</summary>
/// <remarks>
/// <para>The expanded percentile interval of T. Hesterberg, "What Teachers Should Know About the Bootstrap", The American Statistician 69 (2015), section 4.1: the quantiles
/// <c>a</c> and <c>1 - a</c> of the bootstrap distribution of the mean, with <c>a = Phi(-sqrt(n / (n - 1)) t)</c> and t the quantile of Student's distribution with n - 1
/// degrees of freedom. Plain percentile intervals of five values cover the true mean in about 83 of 100 cases instead of 95; BCa corrects for skewness, which five values
/// cannot show, and not for that. With two or three values the interval runs from the smallest to the largest and still promises too much.</para>
/// <para>Up to ten values the distribution is exact: all ways to draw n of n with their probabilities. Above, it is made of 200,000 resamples, each draw a pure function of
/// seed, resample and place. The quantile p is the smallest mean whose cumulative probability reaches p.</para>
/// </remarks>
/// <param name="Lower">Lower end.</param>
/// <param name="Upper">Upper end.</param>
/// <param name="Confidence">Such as 0.95.</param>
public sealed record BootstrapInterval(double Lower, double Upper, double Confidence)
{
    private const int MostForExact = 10;
    private const int Resamples = 200_000;

    /// <summary>The interval of a sample's mean.</summary>
    /// <param name="values">Finite, at least two.</param>
    /// <param name="confidence">Above 0 and below 1.</param>
    /// <param name="seed">Of the draws where there are more than ten values.</param>
    /// <exception cref="ArgumentException">There are too few values, or one is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The confidence is outside its range.</exception>
    public static BootstrapInterval OfMean(ReadOnlySpan<double> values, double confidence, ulong seed)
    {
        Samples.Check(values, nameof(values), minimumCount: 2);
        if (!(confidence > 0 && confidence < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(confidence), $"Must be above 0 and below 1; got {confidence:R}.");
        }
        var n = values.Length;
        var tail = Distributions.NormalLowerTail(-Math.Sqrt(n / (n - 1.0)) * Distributions.StudentQuantile((1 + confidence) / 2, n - 1));
        var means = n <= MostForExact ? Exact(values) : Drawn(values, seed);
        return new BootstrapInterval(Quantile(means, tail), Quantile(means, 1 - tail), confidence);
    }

    /// <summary>Every mean of n draws with its probability, in rising order.</summary>
    internal static List<(double Mean, double Probability)> Exact(ReadOnlySpan<double> values)
    {
        var n = values.Length;
        var means = new List<(double Mean, double Probability)>();
        var all = 1.0;
        for (var i = 2; i <= n; i++)
        {
            all *= i / (double)n;
        }
        // n! / n^n is the probability of each value once; k draws of one value divide it by k!.
        Extend(values, index: 0, left: n, sum: 0, probability: all / n, means);
        means.Sort();
        return means;
    }

    private static void Extend(ReadOnlySpan<double> values, int index, int left, double sum, double probability, List<(double Mean, double Probability)> means)
    {
        if (index == values.Length - 1)
        {
            for (var k = 2; k <= left; k++)
            {
                probability /= k;
            }
            means.Add(((sum + left * values[index]) / values.Length, probability));
            return;
        }
        for (var k = 0; k <= left; k++)
        {
            probability /= Math.Max(1, k);
            Extend(values, index + 1, left - k, sum + k * values[index], probability, means);
        }
    }

    private static List<(double Mean, double Probability)> Drawn(ReadOnlySpan<double> values, ulong seed)
    {
        var means = new List<(double Mean, double Probability)>(Resamples);
        for (var resample = 0; resample < Resamples; resample++)
        {
            var sum = 0.0;
            for (var place = 0; place < values.Length; place++)
            {
                sum += values[CounterDraw.Below(values.Length, seed, (ulong)resample, (ulong)place)];
            }
            means.Add((sum / values.Length, 1.0 / Resamples));
        }
        means.Sort();
        return means;
    }

    private static double Quantile(List<(double Mean, double Probability)> means, double probability)
    {
        var reached = 0.0;
        foreach (var (mean, share) in means)
        {
            reached += share;
            // The shares sum to 1 only up to rounding.
            if (reached >= probability - 1e-12)
            {
                return mean;
            }
        }
        return means[^1].Mean;
    }
}
