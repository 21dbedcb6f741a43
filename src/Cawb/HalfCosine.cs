namespace Cawb;

/// <summary>The half cosine <c>(1 + cos(pi u)) / 2</c>, one value at a time; <see cref="HalfCosineTable"/> has many at once, with the same bits.</summary>
/// <remarks>
/// <para>With <c>z = 1/2 - u</c> the cosine is <c>sin(pi z)</c>. In the middle half of the curve the value is <c>(1 + sin(pi z)) / 2</c>, in the outer quarters <c>1 - sin(pi v / 2)^2</c> and
/// <c>sin(pi v / 2)^2</c>, v being the distance to the nearer end: so no large terms cancel, and the last values before a floor of 0 keep their relative accuracy.</para>
/// <para><c>sin(pi y) = pi y + y^3 Q(y^2)</c> on [-1/4, 1/4], Q interpolated at six Chebyshev nodes (error below 2e-17), pi in two parts. The value is within 1 unit in the
/// last place of 1 of the formula with <see cref="Math.Cos"/>. Fused operations round once everywhere, which is what makes vector and plain path agree to the bit.</para>
/// </remarks>
internal static class HalfCosine
{
    internal const double PiLow = 1.2246467991473532e-16;
    internal const double Q0 = -5.167712780049969;
    internal const double Q1 = 2.5501640398766154;
    internal const double Q2 = -0.5992645291845385;
    internal const double Q3 = 0.08214587730641625;
    internal const double Q4 = -0.0073701436435937495;
    internal const double Q5 = 0.00046221110224187623;

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
}
