namespace Cawb.Reports.Statistics;

/// <summary>The distributions that intervals and power need.</summary>
internal static class Distributions
{
    /// <summary>Probability that a standard normal value lies below <paramref name="x"/>, to about 1e-14 of itself.</summary>
    public static double NormalLowerTail(double x)
    {
        if (x > 0)
        {
            return 1 - NormalLowerTail(-x);
        }
        var z = -x;
        var density = Math.Exp(-0.5 * z * z) / Math.Sqrt(2 * Math.PI);
        if (z < 2.5)
        {
            // Phi(z) = 1/2 + phi(z) (z + z^3/3 + z^5/15 + ...)
            var (term, sum) = (z, z);
            for (var k = 3; term > 1e-18 * sum; k += 2)
            {
                term *= z * z / k;
                sum += term;
            }
            return 0.5 - density * sum;
        }
        // Laplace's continued fraction 1/(z + 1/(z + 2/(z + 3/(z + ...)))).
        var fraction = z;
        for (var k = 200; k >= 1; k--)
        {
            fraction = z + k / fraction;
        }
        return density / fraction;
    }

    /// <summary>The value that Student's distribution stays below with probability <paramref name="probability"/>, 0.5 or more.</summary>
    public static double StudentQuantile(double probability, int degreesOfFreedom)
    {
        var (low, high) = (0.0, 1.0);
        while (StudentUpperTail(high, degreesOfFreedom) > 1 - probability)
        {
            high *= 2;
        }
        for (var i = 0; i < 200 && high - low > 1e-13 * high; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = StudentUpperTail(middle, degreesOfFreedom) > 1 - probability ? (middle, high) : (low, middle);
        }
        return (low + high) / 2;
    }

    /// <summary>Density at <paramref name="x"/> of the square root of V / n, where V is chi-squared with n degrees of freedom.</summary>
    public static double RootChiDensity(double x, int degreesOfFreedom)
    {
        // 2 (n/2)^(n/2) / Gamma(n/2) x^(n-1) exp(-n x^2 / 2), in logarithms; Gamma by its recurrence from Gamma(1) or Gamma(1/2).
        var half = degreesOfFreedom / 2.0;
        var logGamma = degreesOfFreedom % 2 == 0 ? 0 : 0.5 * Math.Log(Math.PI);
        for (var k = degreesOfFreedom % 2 == 0 ? 1 : 0.5; k < half; k++)
        {
            logGamma += Math.Log(k);
        }

        var power = degreesOfFreedom == 1 ? 1 : Math.Pow(x, degreesOfFreedom - 1);
        return 2 * Math.Exp((half * Math.Log(half)) - logGamma - (half * x * x)) * power;
    }

    /// <summary>Probability above t >= 0, by the finite sums for whole degrees of freedom (Abramowitz and Stegun, 26.7.3 and 26.7.4).</summary>
    private static double StudentUpperTail(double t, int degreesOfFreedom)
    {
        var angle = Math.Atan2(t, Math.Sqrt(degreesOfFreedom));
        var (sine, cosine) = Math.SinCos(angle);
        double between;
        if (degreesOfFreedom % 2 == 1)
        {
            var (term, sum) = (cosine, degreesOfFreedom > 1 ? cosine : 0);
            for (var k = 3; k <= degreesOfFreedom - 2; k += 2)
            {
                term *= cosine * cosine * (k - 1) / k;
                sum += term;
            }
            between = 2 / Math.PI * (angle + sine * sum);
        }
        else
        {
            var (term, sum) = (1.0, 1.0);
            for (var k = 2; k <= degreesOfFreedom - 2; k += 2)
            {
                term *= cosine * cosine * (k - 1) / k;
                sum += term;
            }
            between = sine * sum;
        }
        return (1 - between) / 2;
    }
}
