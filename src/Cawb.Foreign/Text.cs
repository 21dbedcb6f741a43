using System.Globalization;

namespace Cawb.Foreign;

/// <summary>Numbers and lists as messages show them, in the invariant culture.</summary>
internal static class Text
{
    public static string Of(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    public static string List(IEnumerable<string> items) => string.Join(", ", items);

    public static string List(IEnumerable<double> items) => string.Join(", ", items.Select(Of));
}
