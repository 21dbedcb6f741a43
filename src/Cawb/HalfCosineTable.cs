using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Cawb;

/// <summary>Many values of a half cosine at once, with the bits of <see cref="HalfCosineCurve.ValueAt"/>.</summary>
/// <remarks>A curve has three parts with formulas of their own, see <see cref="HalfCosine"/>. Inside a part the loop neither asks nor branches; the few vectors near its ends do.</remarks>
internal static class HalfCosineTable
{
    /// <summary>The values of consecutive batches of a curve that has not ended.</summary>
    public static void Fill(in HalfCosineCurve curve, long firstBatch, Span<double> destination)
    {
        var input = new Input(curve, firstBatch);
        var whole = destination.Length - (destination.Length % Vector<double>.Count);
        // Where the parts certainly begin and end, in batches: what lies between is looked at value by value.
        var batches = curve.DurationEpochs * curve.BatchesPerEpoch;
        var i = Part<Anywhere>(input, 0, Index(1e-7 * batches, 2), destination);
        i = Part<FirstQuarter>(input, i, Index(0.25 * batches, -2), destination);
        i = Part<Anywhere>(input, i, Index(0.25 * batches, 2), destination);
        i = Part<Middle>(input, i, Index(0.75 * batches, -2), destination);
        i = Part<Anywhere>(input, i, Index(0.75 * batches, 2), destination);
        i = Part<LastQuarter>(input, i, whole, destination);
        for (; i < destination.Length; i++)
            destination[i] = curve.ValueAt(firstBatch + i);

        // The margin covers the rounding of the product too.
        int Index(double batch, int margin) => (int)Math.Clamp(batch + (margin * (1 + (batch * 1e-12))) - firstBatch, 0, whole);
    }

    /// <summary>Fills vectors from <paramref name="from"/> on: those that end at <paramref name="until"/> or before, or, for values anywhere, those that begin before it.</summary>
    /// <returns>Where the next vector begins.</returns>
    private static int Part<TPart>(in Input input, int from, int until, Span<double> destination)
        where TPart : struct, IPart
    {
        var width = Vector<double>.Count;
        var last = Math.Min(TPart.IsAnywhere ? until - 1 : until - width, destination.Length - width);
        var (start, end, height, scale) = (input.Start, input.End, input.Height, input.Scale);
        var (duration, inverseHigh, inverseLow) = (input.Duration, input.InverseHigh, input.InverseLow);
        var (half, step) = (new Vector<double>(0.5), new Vector<double>((double)width));
        // Batch numbers are below 2^53, so adding the width is exact.
        var batch = new Vector<double>((double)(input.FirstBatch + from)) + Vector<double>.Indices;
        ref var target = ref MemoryMarshal.GetReference(destination);
        var i = from;
        for (; i <= last; i += width, batch += step)
        {
            var z = half - Vector.FusedMultiplyAdd(batch, inverseHigh, batch * inverseLow) / duration;
            var share = TPart.ShareOf(z);
            var value = end + height * share;
            // Only the first batches have shares of 1.
            if (TPart.IsAnywhere)
                value = Vector.ConditionalSelect(Vector.Equals(share, Vector<double>.One), start, value);
            (scale * value).StoreUnsafe(ref target, (nuint)i);
        }

        return i;
    }

    /// <summary><c>sin(pi y)</c> on [-1/4, 1/4], as in <see cref="HalfCosine.At"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> Sine(Vector<double> y)
    {
        var w = y * y;
        var q = Vector.FusedMultiplyAdd(new Vector<double>(HalfCosine.Q5), w, new Vector<double>(HalfCosine.Q4));
        q = Vector.FusedMultiplyAdd(q, w, new Vector<double>(HalfCosine.Q3));
        q = Vector.FusedMultiplyAdd(q, w, new Vector<double>(HalfCosine.Q2));
        q = Vector.FusedMultiplyAdd(q, w, new Vector<double>(HalfCosine.Q1));
        q = Vector.FusedMultiplyAdd(q, w, new Vector<double>(HalfCosine.Q0));
        return Vector.FusedMultiplyAdd(y, new Vector<double>(Math.PI), Vector.FusedMultiplyAdd(y, new Vector<double>(HalfCosine.PiLow), y * w * q));
    }

    /// <summary>A part of the curve, or anywhere on it: the share for <c>z = 1/2 - u</c>.</summary>
    private interface IPart
    {
        static abstract bool IsAnywhere { get; }

        static abstract Vector<double> ShareOf(Vector<double> z);
    }

    private readonly struct FirstQuarter : IPart
    {
        public static bool IsAnywhere => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<double> ShareOf(Vector<double> z)
        {
            var half = new Vector<double>(0.5);
            var sine = Sine((half - z) * half);
            return Vector<double>.One - (sine * sine);
        }
    }

    private readonly struct Middle : IPart
    {
        public static bool IsAnywhere => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<double> ShareOf(Vector<double> z)
        {
            var half = new Vector<double>(0.5);
            return Vector.FusedMultiplyAdd(half, Sine(z), half);
        }
    }

    private readonly struct LastQuarter : IPart
    {
        public static bool IsAnywhere => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<double> ShareOf(Vector<double> z)
        {
            var half = new Vector<double>(0.5);
            var sine = Sine((half + z) * half);
            return sine * sine;
        }
    }

    private readonly struct Anywhere : IPart
    {
        public static bool IsAnywhere => true;

        public static Vector<double> ShareOf(Vector<double> z)
        {
            var half = new Vector<double>(0.5);
            var distance = Vector.Abs(z);
            var isMiddle = Vector.LessThanOrEqual(distance, new Vector<double>(0.25));
            var sine = Sine(Vector.ConditionalSelect(isMiddle, z, (half - distance) * half));
            var square = sine * sine;
            var outer = Vector.ConditionalSelect(Vector.GreaterThan(z, Vector<double>.Zero), Vector<double>.One - square, square);
            return Vector.ConditionalSelect(isMiddle, Vector.FusedMultiplyAdd(half, sine, half), outer);
        }
    }

    /// <summary>A curve in vectors.</summary>
    private readonly struct Input
    {
        public Input(in HalfCosineCurve curve, long firstBatch)
        {
            (Start, End, Height) = (new Vector<double>(curve.Start), new Vector<double>(curve.End), new Vector<double>(curve.Start - curve.End));
            (Duration, Scale) = (new Vector<double>(curve.DurationEpochs), new Vector<double>(curve.Multiplier));
            // 1 / n in two parts, exact to 2^-105. A batch number has at most 53 bits and n 31, so a quotient that is no double is at least 2^-86 of itself away from
            // the middle between two: multiplying by the two parts gives the correctly rounded quotient, the bits of a division, without the divider's time.
            var inverse = 1.0 / curve.BatchesPerEpoch;
            InverseHigh = new Vector<double>(inverse);
            InverseLow = new Vector<double>(Math.FusedMultiplyAdd(-inverse, curve.BatchesPerEpoch, 1) / curve.BatchesPerEpoch);
            FirstBatch = firstBatch;
        }

        public long FirstBatch { get; }

        public Vector<double> Start { get; }

        public Vector<double> End { get; }

        public Vector<double> Height { get; }

        public Vector<double> Duration { get; }

        public Vector<double> Scale { get; }

        public Vector<double> InverseHigh { get; }

        public Vector<double> InverseLow { get; }
    }
}
