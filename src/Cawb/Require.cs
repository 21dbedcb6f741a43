using System.Globalization;
using System.Runtime.CompilerServices;

namespace Cawb;

/// <summary>Checks of parameters where a value is born. Each returns what it was given or throws with what is allowed and what came.</summary>
internal static class Require
{
    public static double Finite(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        double.IsFinite(value) ? value : throw Outside(value, "a finite number", name);

    public static double Positive(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        double.IsFinite(value) && value > 0 ? value : throw Outside(value, "a finite number above 0", name);

    // Written so that NaN fails: a NaN with a clear sign bit passes the base class library's ThrowIfNegative.
    public static double NotNegative(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        double.IsFinite(value) && value >= 0 ? value : throw Outside(value, "a finite number, 0 or above", name);

    public static double Factor(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value is >= 0 and <= 1 ? value : throw Outside(value, "between 0 and 1", name);

    public static double Between(double value, double min, double max, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value >= min && value <= max ? value : throw Outside(value, $"between {Text(min)} and {Text(max)}", name);

    public static int AtLeast(int value, int min, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value >= min ? value : throw new ArgumentOutOfRangeException(name, $"Must be {min} or more; got {value}.");

    public static T Defined<T>(T value, [CallerArgumentExpression(nameof(value))] string name = "") where T : struct, Enum =>
        Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(name, $"Must be one of {string.Join(", ", Enum.GetNames<T>())}; got {value}.");

    public static T NotNull<T>(T? value, [CallerArgumentExpression(nameof(value))] string name = "") where T : class =>
        value ?? throw new ArgumentNullException(name);

    /// <summary>A number as messages and texts show it: the shortest form that reads back equal, in the invariant culture.</summary>
    public static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static ArgumentOutOfRangeException Outside(double value, string allowed, string name) =>
        new(name, $"Must be {allowed}; got {Text(value)}.");
}
