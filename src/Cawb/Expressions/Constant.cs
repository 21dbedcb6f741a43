using System.Globalization;
using System.Numerics;

namespace Cawb.Expressions;

/// <summary>A number known when the expression is read: Python's int, exact and of any size, or Python's float.</summary>
/// <remarks>The default value is the integer 0, which is valid.</remarks>
internal readonly record struct Constant
{
    private Constant(bool isFloat, BigInteger integer, double real)
    {
        IsFloat = isFloat;
        Integer = integer;
        Float = real;
    }

    public static Constant True { get; } = OfInteger(BigInteger.One);

    public static Constant False { get; }

    public bool IsFloat { get; }

    /// <summary>The value of an int; 0 for a float.</summary>
    public BigInteger Integer { get; }

    /// <summary>The value of a float; 0 for an int.</summary>
    public double Float { get; }

    /// <summary>Python's truth: everything but zero.</summary>
    public bool IsTrue => IsFloat ? Float != 0 : !Integer.IsZero;

    public static Constant OfInteger(BigInteger value) => new(false, value, 0);

    public static Constant OfFloat(double value) => new(true, BigInteger.Zero, value);

    public static Constant OfTruth(bool value) => value ? True : False;

    /// <summary>The nearest double, halves to even; infinite where Python raises OverflowError.</summary>
    public double ToDouble() => IsFloat ? Float : ExactIntegers.ToDouble(Integer);

    /// <summary>Whether <see cref="ToDouble"/> loses nothing.</summary>
    public bool IsExactAsDouble() => IsFloat || (ToDouble() is var real && double.IsFinite(real) && new BigInteger(real) == Integer);

    /// <summary>Orders as Python does: an int against a float by their exact values.</summary>
    public int CompareTo(Constant other)
    {
        if (IsFloat && other.IsFloat)
        {
            return Float == other.Float ? 0 : Float.CompareTo(other.Float);
        }

        return IsFloat ? -Compare(other.Integer, Float) : other.IsFloat ? Compare(Integer, other.Float) : Integer.CompareTo(other.Integer);
    }

    /// <summary>As Python's <c>repr</c> prints it, so that reading it again gives the same number of the same kind.</summary>
    public override string ToString() => IsFloat ? Representation(Float) : Integer.ToString(CultureInfo.InvariantCulture);

    private static int Compare(BigInteger integer, double real)
    {
        if (!double.IsFinite(real))
        {
            return real > 0 ? -1 : 1;
        }

        var floor = Math.Floor(real);
        var order = integer.CompareTo(new BigInteger(floor));
        return order == 0 && floor < real ? -1 : order;
    }

    // Shortest digits that read back as the same double; plain from 1e-4 up to 1e16, with an exponent of two digits or more beyond.
    private static string Representation(double value)
    {
        if (value == 0)
        {
            return "0.0";
        }

        var shortest = value.ToString("R", CultureInfo.InvariantCulture);
        var mark = shortest.IndexOf('E');
        var plain = mark < 0 ? shortest : shortest[..mark];
        var point = plain.IndexOf('.') is >= 0 and var at ? at : plain.Length;
        var digits = plain.Replace(".", "", StringComparison.Ordinal);
        var leadingZeros = digits.Length - digits.AsSpan().TrimStart('0').Length;
        var exponent = point - 1 - leadingZeros + (mark < 0 ? 0 : int.Parse(shortest.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
        digits = digits.Trim('0');
        if (exponent is < -4 or >= 16)
        {
            var fraction = digits.Length > 1 ? $".{digits[1..]}" : "";
            return string.Create(CultureInfo.InvariantCulture, $"{digits[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
        }

        if (exponent < 0)
        {
            return $"0.{new string('0', -exponent - 1)}{digits}";
        }

        var padded = digits.PadRight(exponent + 1, '0');
        var behind = padded[(exponent + 1)..];
        return $"{padded[..(exponent + 1)]}.{(behind.Length == 0 ? "0" : behind)}";
    }
}
