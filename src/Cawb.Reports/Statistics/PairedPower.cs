namespace Cawb.Reports.Statistics;

/// <summary>How small a mean difference so many pairs can show, given how far single differences spread.</summary>
/// <remarks>
/// Of the two-sided paired t-test, whose statistic has a noncentral t distribution where there is a difference: <c>T = (Z + d sqrt(n) / s) / sqrt(V / (n - 1))</c>, Z standard normal, V chi-squared with n - 1
/// degrees of freedom. The exact sign-flip test has nearly the same power for differences that are about normal, but cannot reach a level below <c>2 / 2^n</c>. J. Cohen, Statistical Power Analysis for the
/// Behavioral Sciences (1988), section 2.
/// </remarks>
public static class PairedPower
{
    // Two pairs have the only density that is not small at 0, where the tails are steepest.
    private const int Steps = 3_000;
    private const int StepsOfTwo = 12_000;

    // So far into the tail of V that what is left does not count (Laurent and Massart's bound, exp(-x)).
    private const double Tail = 40;

    // Of a standard normal value, nothing that counts lies below.
    private const double LowestNormal = -9;

    /// <summary>The probability that the test finds a difference.</summary>
    /// <param name="pairs">2 or more.</param>
    /// <param name="difference">The true mean difference, 0 or more.</param>
    /// <param name="spread">Standard deviation of single differences, above 0.</param>
    /// <param name="level">Of the test, two-sided, between 0 and 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public static double Of(int pairs, double difference, double spread, double level)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(difference);
        RequireBetween(spread, 0, double.PositiveInfinity, nameof(spread));
        return Found(Limits(pairs, level), difference * Math.Sqrt(pairs) / spread);
    }

    /// <summary>The smallest true mean difference that the test finds with a probability.</summary>
    /// <param name="pairs">2 or more.</param>
    /// <param name="spread">Standard deviation of single differences, above 0.</param>
    /// <param name="level">Of the test, two-sided, between 0 and 1.</param>
    /// <param name="power">The probability, above <paramref name="level"/> and below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public static double SmallestDifference(int pairs, double spread, double level, double power)
    {
        RequireBetween(spread, 0, double.PositiveInfinity, nameof(spread));
        var limits = Limits(pairs, level);
        RequireBetween(power, level, 1, nameof(power));
        var (low, high) = (0.0, 1.0);
        while (Found(limits, high) < power)
        {
            high *= 2;
        }

        while (high - low > 1e-11 * high)
        {
            var middle = (low + high) / 2;
            (low, high) = Found(limits, middle) < power ? (middle, high) : (low, middle);
        }

        return high * spread / Math.Sqrt(pairs);
    }

    // What Z has to pass, with the weight of each place in Simpson's rule over the root of V / (n - 1).
    private static (double Limit, double Weight)[] Limits(int pairs, double level)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pairs, 2);
        RequireBetween(level, 0, 1, nameof(level));
        var freedom = pairs - 1;
        var critical = Distributions.StudentQuantile(1 - (level / 2), freedom);
        var steps = pairs == 2 ? StepsOfTwo : Steps;
        var width = Math.Sqrt((freedom + (2 * Math.Sqrt(Tail * freedom)) + (2 * Tail)) / freedom) / steps;
        var limits = new (double, double)[steps + 1];
        for (var i = 0; i <= steps; i++)
        {
            var factor = i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2;
            limits[i] = (critical * i * width, factor * Distributions.RootChiDensity(i * width, freedom) * width / 3);
        }

        return limits;
    }

    private static double Found((double Limit, double Weight)[] limits, double shift)
    {
        var sum = 0.0;
        foreach (var (limit, weight) in limits)
        {
            sum += weight * (Below(shift - limit) + Below(-shift - limit));
        }

        return Math.Clamp(sum, 0, 1);

        static double Below(double x) => x < LowestNormal ? 0 : Distributions.NormalLowerTail(x);
    }

    private static void RequireBetween(double value, double low, double high, string name)
    {
        if (!(value > low && value < high))
        {
            throw new ArgumentOutOfRangeException(name, value, $"It must be above {low} and below {high}.");
        }
    }
}
