using System.Globalization;

namespace Cawb;

/// <summary>A number with its noun in the right form: "1 epoch", "3 batches".</summary>
internal static class Counted
{
    public static string Of(long number, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{number} {(number == 1 ? one : many)}");

    /// <summary>For nouns whose plural ends in a mere s.</summary>
    public static string Of(long number, string one) => Of(number, one, one + "s");

    /// <summary>For numbers that need not be whole, as they are to be shown.</summary>
    public static string Of(string number, string one) => $"{number} {one}{(number == "1" ? "" : "s")}";
}
