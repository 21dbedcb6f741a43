using System.Numerics;

namespace Cawb;

/// <summary>The half cosine <c>(1 + cos(pi u)) / 2</c>, one value at a time and many at once, with the same bits.</summary>
/// <remarks>
/// <c>cos(pi u) = sin(pi z)</c> with <c>z = 1/2 - u</c>, and <c>sin(pi z) = pi z + z^3 Q(z^2)</c>: Q interpolated at eight Chebyshev nodes of [0, 1/4] (error below 3e-17), pi in two
/// parts, so that the sine is within 1 unit in the last place of 1 of the exact one. Fused operations round once everywhere, which is what makes vector and plain path agree to the bit.
/// </remarks>
internal static class HalfCosine
{
    private const double PiLow = 1.2246467991473532e-16;
    private const double Q0 = -5.16771278004997;
    private const double Q1 = 2.55016403987734;
    private const double Q2 = -0.599264529320343;
    private const double Q3 = 0.08214588659675232;
    private const double Q4 = -0.007370430719634586;
    private const double Q5 = 0.00046630087411496363;
    private const double Q6 = -2.1906201655131958e-05;
    private const double Q7 = 7.725743030789876e-07;

    /// <summary>1 at u = 0 and 0 at u = 1, exactly.</summary>
    /// <param name="u">0 to 1.</param>
    public static double At(double u)
    {
        var z = 0.5 - u;
        var w = z * z;
        var q = Math.FusedMultiplyAdd(Q7, w, Q6);
        q = Math.FusedMultiplyAdd(q, w, Q5);
        q = Math.FusedMultiplyAdd(q, w, Q4);
        q = Math.FusedMultiplyAdd(q, w, Q3);
        q = Math.FusedMultiplyAdd(q, w, Q2);
        q = Math.FusedMultiplyAdd(q, w, Q1);
        q = Math.FusedMultiplyAdd(q, w, Q0);
        var sine = Math.FusedMultiplyAdd(z, Math.PI, Math.FusedMultiplyAdd(z, PiLow, z * w * q));
        return Math.FusedMultiplyAdd(0.5, Math.Clamp(sine, -1, 1), 0.5);
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
        var (batches, duration, scale) = (new Vector<double>(curve.BatchesPerEpoch), new Vector<double>(curve.DurationEpochs), new Vector<double>(curve.Multiplier));
        // Batch numbers are below 2^53, so adding the width is exact.
        var batch = new Vector<double>((double)firstBatch) + Vector<double>.Indices;
        var step = new Vector<double>((double)width);
        var i = 0;
        for (; i <= destination.Length - width; i += width, batch += step)
        {
            var share = At(batch / batches / duration);
            var value = Vector.ConditionalSelect(Vector.Equals(share, Vector<double>.One), start, end + height * share);
            (scale * value).CopyTo(destination[i..]);
        }

        return i;
    }

    private static Vector<double> At(Vector<double> u)
    {
        var z = new Vector<double>(0.5) - u;
        var w = z * z;
        var q = Vector.FusedMultiplyAdd(new Vector<double>(Q7), w, new Vector<double>(Q6));
        q = Vector.FusedMultiplyAdd(q, w, new Vector<double>(Q5));
        q = Vector.FusedMultiplyAdd(q, w, new Vector<double>(Q4));
        q = Vector.FusedMultiplyAdd(q, w, new Vector<double>(Q3));
        q = Vector.FusedMultiplyAdd(q, w, new Vector<double>(Q2));
        q = Vector.FusedMultiplyAdd(q, w, new Vector<double>(Q1));
        q = Vector.FusedMultiplyAdd(q, w, new Vector<double>(Q0));
        var sine = Vector.FusedMultiplyAdd(z, new Vector<double>(Math.PI), Vector.FusedMultiplyAdd(z, new Vector<double>(PiLow), z * w * q));
        var bounded = Vector.Min(Vector.Max(sine, -Vector<double>.One), Vector<double>.One);
        return Vector.FusedMultiplyAdd(new Vector<double>(0.5), bounded, new Vector<double>(0.5));
    }
}
