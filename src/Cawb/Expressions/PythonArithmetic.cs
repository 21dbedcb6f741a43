namespace Cawb.Expressions;

/// <summary>Python's operators and functions on floats. A result that Python refuses (it raises, or leaves the real numbers) is reported as false.</summary>
internal static class PythonArithmetic
{
    /// <summary><c>a % b</c>: has the sign of b; the divisor is not 0.</summary>
    public static double Modulo(double a, double b)
    {
        var rest = a % b;
        return rest == 0 ? Math.CopySign(0, b) : rest < 0 != b < 0 ? rest + b : rest;
    }

    /// <summary><c>a // b</c>, computed through the exact rest as CPython does; the divisor is not 0.</summary>
    public static double FloorDivide(double a, double b)
    {
        var rest = a % b;
        var quotient = (a - rest) / b;
        if (rest != 0 && b < 0 != rest < 0)
        {
            quotient -= 1;
        }

        if (quotient == 0)
        {
            return Math.CopySign(0, a / b);
        }

        var floor = Math.Floor(quotient);
        return quotient - floor > 0.5 ? floor + 1 : floor;
    }

    /// <summary><c>a ** b</c>. Refused: zero to a negative power, overflow, and a negative base with a fractional exponent (complex in Python).</summary>
    public static bool TryPower(double a, double b, out double result)
    {
        result = Math.Pow(a, b);
        return double.IsFinite(result) || !double.IsFinite(a) || !double.IsFinite(b);
    }

    public static bool TryCall(MathFunction function, double a, out double result)
    {
        result = function switch
        {
            MathFunction.Absolute => Math.Abs(a),
            MathFunction.RoundHalfToEven => Integral(Math.Round(a, MidpointRounding.ToEven)),
            MathFunction.Truncate => Integral(Math.Truncate(a)),
            MathFunction.Floor => Integral(Math.Floor(a)),
            MathFunction.Ceiling => Integral(Math.Ceiling(a)),
            MathFunction.ToFloat => a,
            MathFunction.Acos => Math.Acos(a),
            MathFunction.Acosh => Math.Acosh(a),
            MathFunction.Asin => Math.Asin(a),
            MathFunction.Asinh => Math.Asinh(a),
            MathFunction.Atan => Math.Atan(a),
            MathFunction.Atanh => Math.Atanh(a),
            MathFunction.Cbrt => Math.Cbrt(a),
            MathFunction.Cos => Math.Cos(a),
            MathFunction.Cosh => Math.Cosh(a),
            MathFunction.Degrees => a * (180 / Math.PI),
            MathFunction.Exp => Math.Exp(a),
            MathFunction.Exp2 => Math.Pow(2, a),
            MathFunction.Expm1 => Expm1(a),
            MathFunction.Log => Math.Log(a),
            MathFunction.Log10 => Math.Log10(a),
            MathFunction.Log1p => Log1p(a),
            MathFunction.Log2 => Math.Log2(a),
            MathFunction.Radians => a * (Math.PI / 180),
            MathFunction.Sin => Math.Sin(a),
            MathFunction.Sinh => Math.Sinh(a),
            MathFunction.Sqrt => Math.Sqrt(a),
            MathFunction.Tan => Math.Tan(a),
            MathFunction.Tanh => Math.Tanh(a),
            _ => throw new ArgumentOutOfRangeException(nameof(function), function, "Takes two arguments."),
        };
        var integral = function is MathFunction.RoundHalfToEven or MathFunction.Truncate or MathFunction.Floor or MathFunction.Ceiling;
        // Python's rule: not-a-number comes only from not-a-number, infinity only from infinity (never from degrees, a plain product), and an int is always finite.
        return double.IsFinite(result)
            || (!integral && (function is MathFunction.Degrees || (double.IsNaN(result) ? double.IsNaN(a) : !double.IsFinite(a))));
    }

    public static bool TryCall(MathFunction function, double a, double b, out double result)
    {
        switch (function)
        {
            case MathFunction.Minimum:
                result = b < a ? b : a;
                return true;
            case MathFunction.Maximum:
                result = b > a ? b : a;
                return true;
            case MathFunction.Power:
            case MathFunction.FloatPower:
                return TryPower(a, b, out result);
            case MathFunction.Log:
                return TryLogarithm(a, b, out result);
            default:
                result = function switch
                {
                    MathFunction.Atan2 => Math.Atan2(a, b),
                    MathFunction.CopySign => Math.CopySign(a, b),
                    MathFunction.Fmod => a % b,
                    MathFunction.Hypot => double.Hypot(a, b),
                    MathFunction.Remainder => Math.IEEERemainder(a, b),
                    _ => throw new ArgumentOutOfRangeException(nameof(function), function, "Takes one argument."),
                };
                return double.IsFinite(result)
                    || (double.IsNaN(result) ? double.IsNaN(a) || double.IsNaN(b) : !double.IsFinite(a) || !double.IsFinite(b));
        }
    }

    private static bool TryLogarithm(double a, double @base, out double result)
    {
        result = double.NaN;
        if (!TryCall(MathFunction.Log, a, out var top) || !TryCall(MathFunction.Log, @base, out var bottom) || bottom == 0)
        {
            return false;
        }

        result = top / bottom;
        return true;
    }

    // An int has no negative zero.
    private static double Integral(double value) => value + 0.0;

    // The library's double.ExpM1 is exp(a) - 1, without a correct digit near zero. With u = exp(a) rounded: e^a - 1 = (u - 1) + u (a - log u) to first order in the rounding.
    private static double Expm1(double a)
    {
        const double RoundingMatters = 0.7;
        if (a == 0)
        {
            return a;
        }

        var power = Math.Exp(a);
        return Math.Abs(a) > RoundingMatters ? power - 1 : power - 1 + (power * (a - Math.Log(power)));
    }

    // Likewise double.LogP1. With u = 1 + a rounded: log(1 + a) = log u + (a - (u - 1)) / u to first order in the rounding.
    private static double Log1p(double a)
    {
        if (a == 0)
        {
            return a;
        }

        var sum = 1 + a;
        return Math.Abs(a) < 1 && sum > 0 ? Math.Log(sum) + ((a - (sum - 1)) / sum) : Math.Log(sum);
    }
}
