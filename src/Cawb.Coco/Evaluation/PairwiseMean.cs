using System.Runtime.CompilerServices;

namespace Cawb.Coco.Evaluation;

/// <summary>
/// The mean as the reference's numerical library takes it: buffers of 8,192 one after the other; in each, sums in pairs down to blocks of at most 128;
/// in each of those, eight running sums.
/// </summary>
internal static class PairwiseMean
{
    private const int Block = 128;
    private const int Buffer = 8192;

    /// <summary>The mean, -1 of nothing.</summary>
    public static double Of(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
        {
            return -1;
        }

        var sum = 0.0;
        for (var start = 0; start < values.Length; start += Buffer)
        {
            sum += Sum(values.Slice(start, Math.Min(Buffer, values.Length - start)));
        }

        return sum / values.Length;
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        var n = values.Length;
        if (n < 8)
        {
            var sum = 0.0;
            foreach (var value in values)
            {
                sum += value;
            }

            return sum;
        }

        if (n <= Block)
        {
            return SumOfBlock(values);
        }

        var half = n / 2;
        half -= half % 8;
        return Sum(values[..half]) + Sum(values[half..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double SumOfBlock(ReadOnlySpan<double> v)
    {
        double a = v[0], b = v[1], c = v[2], d = v[3], e = v[4], f = v[5], g = v[6], h = v[7];
        var i = 8;
        for (; i + 8 <= v.Length; i += 8)
        {
            a += v[i];
            b += v[i + 1];
            c += v[i + 2];
            d += v[i + 3];
            e += v[i + 4];
            f += v[i + 5];
            g += v[i + 6];
            h += v[i + 7];
        }

        var sum = ((a + b) + (c + d)) + ((e + f) + (g + h));
        for (; i < v.Length; i++)
        {
            sum += v[i];
        }

        return sum;
    }
}
