using System.Numerics;

namespace Cawb.Expressions;

/// <summary>Python's arithmetic on ints where the base class library's differs: conversions and quotients round correctly, division floors.</summary>
internal static class ExactIntegers
{
    private const int DoubleBits = 53;
    private const int SmallestExponent = -1074;

    /// <summary>The double nearest to an integer, halves to even; infinite beyond the range. (The cast of the base class library truncates.)</summary>
    public static double ToDouble(BigInteger value) => Round(value.Sign, BigInteger.Abs(value), 0, false);

    /// <summary>The double nearest to <c>numerator / denominator</c>, halves to even; infinite beyond the range. The denominator is not 0.</summary>
    public static double Divide(BigInteger numerator, BigInteger denominator)
    {
        var negative = numerator.Sign < 0 != denominator.Sign < 0;
        if (numerator.IsZero)
        {
            return negative ? -0.0 : 0.0;
        }

        var top = BigInteger.Abs(numerator);
        var bottom = BigInteger.Abs(denominator);
        // Enough bits that the quotient has more than a double's and the remainder decides only the ties.
        var shift = Math.Max(0, DoubleBits + 3 - (int)(top.GetBitLength() - bottom.GetBitLength()));
        var quotient = BigInteger.DivRem(top << shift, bottom, out var remainder);
        return Round(negative ? -1 : 1, quotient, -shift, !remainder.IsZero);
    }

    /// <summary>The largest integer not above <c>a / b</c>. The divisor is not 0.</summary>
    public static BigInteger FloorDivide(BigInteger a, BigInteger b)
    {
        var quotient = BigInteger.DivRem(a, b, out var remainder);
        return !remainder.IsZero && remainder.Sign < 0 != b.Sign < 0 ? quotient - 1 : quotient;
    }

    /// <summary>The rest of <see cref="FloorDivide"/>: has the divisor's sign.</summary>
    public static BigInteger Modulo(BigInteger a, BigInteger b)
    {
        var remainder = BigInteger.Remainder(a, b);
        return !remainder.IsZero && remainder.Sign < 0 != b.Sign < 0 ? remainder + b : remainder;
    }

    // magnitude * 2^exponent, plus something smaller than one unit of it if more is true.
    private static double Round(int sign, BigInteger magnitude, int exponent, bool more)
    {
        if (magnitude.IsZero)
        {
            return 0;
        }

        var excess = Math.Max((int)magnitude.GetBitLength() - DoubleBits, SmallestExponent - exponent);
        if (excess > 0)
        {
            var kept = magnitude >> excess;
            var rest = magnitude - (kept << excess);
            var half = rest.CompareTo(BigInteger.One << (excess - 1));
            if (half > 0 || (half == 0 && (more || !kept.IsEven)))
            {
                kept += 1;
            }

            magnitude = kept;
            exponent += excess;
        }

        return sign * Math.ScaleB((double)magnitude, exponent);
    }
}
