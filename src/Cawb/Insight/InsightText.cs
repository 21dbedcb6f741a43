using System.Globalization;

namespace Cawb.Insight;

/// <summary>Numbers as sentences show them.</summary>
internal static class InsightText
{
    /// <summary>Six significant digits: what a person compares by eye.</summary>
    public static string Number(double value) => value.ToString("G6", CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal);

    public static string Percent(double share) => $"{(share * 100).ToString("0.#", CultureInfo.InvariantCulture)} %";
}
