using System.Numerics;
using System.Runtime.CompilerServices;

namespace Cawb;

/// <summary>The half cosine <c>(1 + cos(pi u)) / 2</c>, one value at a time and many at once, with the same bits.</summary>
/// <remarks>
/// <para>With <c>z = 1/2 - u</c> the cosine is <c>sin(pi z)</c>. In the middle half of the curve the value is <c>(1 + sin(pi z)) / 2</c>, in the outer quarters <c>1 - sin(pi v / 2)^2</c> and
/// <c>sin(pi v / 2)^2</c>, v being the distance to the nearer end: so no large terms cancel, and the last values before a floor of 0 keep their relative accuracy.</para>
/// <para><c>sin(pi y) = pi y + y^3 Q(y^2)</c> on [-1/4, 1/4], Q interpolated at six Chebyshev nodes (error below 2e-17), pi in two parts. The value is within 1 unit in the
/// last place of 1 of the formula with <see cref="Math.Cos"/>. Fused operations round once everywhere, which is what makes vector and plain path agree to the bit.</para>
/// </remarks>
internal static class HalfCosine
{
    private const double PiLow = 1.2246467991473532e-16;
    private const double Q0 = -5.167712780049969;
    private const double Q1 = 2.5501640398766154;
    private const double Q2 = -0.5992645291845385;
    private const double Q3 = 0.08214587730641625;
    private const double Q4 = -0.0073701436435937495;
    private const double Q5 = 0.00046221110224187623;

    /// <summary>1 at u = 0 and 0 at u = 1, exactly.</summary>
    /// <param name="u">0 to 1.</param>
    public static double At(double u)
    {
        var z = 0.5 - u;
        var distance = Math.Abs(z);
        var isMiddle = distance <= 0.25;
        var y = isMiddle ? z : (0.5 - distance) * 0.5;
        var w = y * y;
        var q = Math.FusedMultiplyAdd(Q5, w, Q4);
        q = Math.FusedMultiplyAdd(q, w, Q3);
        q = Math.FusedMultiplyAdd(q, w, Q2);
        q = Math.FusedMultiplyAdd(q, w, Q1);
        q = Math.FusedMultiplyAdd(q, w, Q0);
        var sine = Math.FusedMultiplyAdd(y, Math.PI, Math.FusedMultiplyAdd(y, PiLow, y * w * q));
        if (isMiddle)
            return Math.FusedMultiplyAdd(0.5, sine, 0.5);
        var square = sine * sine;
        return z > 0 ? 1 - square : square;
    }

    /// <summary>The values of consecutive batches of a curve that has not ended.</summary>
    public static void Fill(in HalfCosineCurve curve, long firstBatch, Span<double> destination)
    {
        var i = FillVectors(curve, firstBatch, destination);
        for (; i < destination.Length; i++)
            destination[i] = curve.ValueAt(firstBatch + i);
    }

    private static int FillVectors(in HalfCosineCurve curve, long firstBatch, Span<double> destination)
    {
        var width = Vector<double>.Count;
        var (start, end, height) = (new Vector<double>(curve.Start), new Vector<double>(curve.End), new Vector<double>(curve.Start - curve.End));
        var (duration, scale) = (new Vector<double>(curve.DurationEpochs), new Vector<double>(curve.Multiplier));
        // 1 / n in two parts, exact to 2^-105. A batch number has at most 53 bits and n 31, so a quotient that is no double is at least 2^-86 of itself away from
        // the middle between two: multiplying by the two parts gives the correctly rounded quotient, the bits of a division, without the divider's time.
        var inverse = 1.0 / curve.BatchesPerEpoch;
        var (inverseHigh, inverseLow) = (new Vector<double>(inverse), new Vector<double>(Math.FusedMultiplyAdd(-inverse, curve.BatchesPerEpoch, 1) / curve.BatchesPerEpoch));
        var (half, quarter) = (new Vector<double>(0.5), new Vector<double>(0.25));
        // Batch numbers are below 2^53, so adding the width is exact.
        var batch = new Vector<double>((double)firstBatch) + Vector<double>.Indices;
        var step = new Vector<double>((double)width);
        var i = 0;
        for (; i <= destination.Length - width; i += width, batch += step)
        {
            var z = half - Vector.FusedMultiplyAdd(batch, inverseHigh, batch * inverseLow) / duration;
            Vector<double> value;
            // Nearly all vectors lie in the middle half or in an outer quarter as a whole, and only the first ones have shares of 1.
            if (Vector.LessThanOrEqualAll(Vector.Abs(z), quarter))
            {
                value = end + height * Vector.FusedMultiplyAdd(half, Sine(z), half);
            }
            else if (Vector.LessThanAll(z, -quarter))
            {
                var sine = Sine((half + z) * half);
                value = end + height * (sine * sine);
            }
            else
            {
                var share = Mixed(z);
                value = Vector.ConditionalSelect(Vector.Equals(share, Vector<double>.One), start, end + height * share);
            }

            (scale * value).CopyTo(destination[i..]);
        }

        return i;
    }

    /// <summary>The share for <c>z = 1/2 - u</c> anywhere on the curve.</summary>
    private static Vector<double> Mixed(Vector<double> z)
    {
        var half = new Vector<double>(0.5);
        var distance = Vector.Abs(z);
        var isMiddle = Vector.LessThanOrEqual(distance, new Vector<double>(0.25));
        var sine = Sine(Vector.ConditionalSelect(isMiddle, z, (half - distance) * half));
        var square = sine * sine;
        var outer = Vector.ConditionalSelect(Vector.GreaterThan(z, Vector<double>.Zero), Vector<double>.One - square, square);
        return Vector.ConditionalSelect(isMiddle, Vector.FusedMultiplyAdd(half, sine, half), outer);
    }

    /// <summary><c>sin(pi y)</c> on [-1/4, 1/4].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> Sine(Vector<double> y)
    {
        var w = y * y;
        var q = Vector.FusedMultiplyAdd(new Vector<double>(Q5), w, new Vector<double>(Q4));
        q = Vector.FusedMultiplyAdd(q, w, new Vector<double>(Q3));
        q = Vector.FusedMultiplyAdd(q, w, new Vector<double>(Q2));
        q = Vector.FusedMultiplyAdd(q, w, new Vector<double>(Q1));
        q = Vector.FusedMultiplyAdd(q, w, new Vector<double>(Q0));
        return Vector.FusedMultiplyAdd(y, new Vector<double>(Math.PI), Vector.FusedMultiplyAdd(y, new Vector<double>(PiLow), y * w * q));
    }
}
