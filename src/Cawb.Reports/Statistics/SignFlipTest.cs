namespace Cawb.Reports.Statistics;

/// <summary>Fisher's exact sign-flip (permutation) test of paired differences: if the two arms were the same, each difference could as well have the other sign.</summary>
/// <remarks>
/// <c>p</c> is the share of all 2^n sign patterns whose mean is at least as far from 0 as the observed one, on either side. Up to 40 pairs it is exact. Above, a million
/// patterns stand for all, each a pure function of its number, and the observed one counts as one more: <c>p = (b + 1) / (m + 1)</c>, which is never 0 and never too small
/// (B. Phipson, G. K. Smyth, Statistical Applications in Genetics and Molecular Biology 9, 2010). Nothing is assumed about the shape of the
/// distribution but its symmetry. R. A. Fisher, The Design of Experiments (1935), section 21. With n pairs no p below <c>2 / 2^n</c> exists: five pairs cannot reach 0.05.
/// </remarks>
/// <param name="PairCount">Number of pairs, zeros included.</param>
/// <param name="TwoSidedP">Above 0, up to 1.</param>
public sealed record SignFlipTest(int PairCount, double TwoSidedP)
{
    /// <summary>Most pairs whose patterns are all counted.</summary>
    public const int MostExact = 40;

    private const int Patterns = 1_000_000;

    /// <summary>The smallest p that this many pairs can give, whatever the numbers.</summary>
    public double SmallestP => PairCount > MostExact ? 1 / (Patterns + 1.0) : Math.Min(1, Math.ScaleB(2, -PairCount));

    /// <summary>The fewest pairs whose test can give a p as small as a level.</summary>
    /// <param name="level">Above 0.</param>
    public static int FewestPairs(double level)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(level);
        return Math.Max(1, 1 + (int)Math.Ceiling(-Math.Log2(level)));
    }

    /// <summary>Tests differences.</summary>
    /// <param name="differences">Finite, at least one.</param>
    /// <exception cref="ArgumentException">There is none, or one is not finite.</exception>
    public static SignFlipTest Of(ReadOnlySpan<double> differences)
    {
        Samples.Check(differences, nameof(differences), minimumCount: 1);
        var (observed, size) = (0.0, 0.0);
        foreach (var difference in differences)
        {
            observed += difference;
            size += Math.Abs(difference);
        }
        // Sums that are equal on paper differ in their last bits by the order of addition.
        var limit = Math.Abs(observed) - 1e-12 * size;
        if (limit <= 0)
        {
            return new SignFlipTest(differences.Length, 1);
        }
        return new SignFlipTest(differences.Length, differences.Length > MostExact ? Drawn(differences, limit) : Counted(differences, limit));
    }

    // Sums of one half of the signs against sums of the other.
    private static double Counted(ReadOnlySpan<double> differences, double limit)
    {
        var first = SignedSums(differences[..(differences.Length / 2)]);
        var second = SignedSums(differences[(differences.Length / 2)..]);
        Array.Sort(first);
        Array.Sort(second);
        var count = 0.0;
        var place = second.Length;
        foreach (var sum in first)
        {
            // As sums of the first half rise, ever smaller ones of the second suffice to reach the limit.
            while (place > 0 && sum + second[place - 1] >= limit)
            {
                place--;
            }
            count += second.Length - place;
        }
        return Math.Min(1, 2 * count / ((double)first.Length * second.Length));
    }

    // Sums of eight differences at a time are drawn from tables of all their signs.
    private static double Drawn(ReadOnlySpan<double> differences, double limit)
    {
        var tables = new double[(differences.Length + 7) / 8][];
        for (var i = 0; i < tables.Length; i++)
        {
            tables[i] = SignedSums(differences[(8 * i)..Math.Min(8 * (i + 1), differences.Length)]);
        }
        var count = 0;
        for (var pattern = 0; pattern < Patterns; pattern++)
        {
            var sum = 0.0;
            for (var i = 0; i < tables.Length; i++)
            {
                sum += tables[i][CounterDraw.Below(tables[i].Length, seed: 0, (ulong)pattern, (ulong)i)];
            }
            count += Math.Abs(sum) >= limit ? 1 : 0;
        }
        return (count + 1) / (Patterns + 1.0);
    }

    private static double[] SignedSums(ReadOnlySpan<double> differences)
    {
        var sums = new double[1 << differences.Length];
        var filled = 1;
        foreach (var difference in differences)
        {
            for (var i = 0; i < filled; i++)
            {
                (sums[i], sums[filled + i]) = (sums[i] - difference, sums[i] + difference);
            }
            filled *= 2;
        }
        return sums;
    }
}
