using System.Globalization;

namespace Cawb.Training.Ranks;

/// <summary>Where each of several ranks computes.</summary>
internal static class RankDevice
{
    /// <summary><c>cuda</c> without a number is every rank's own GPU: that of its number among the ranks of its machine. Other names are what they are.</summary>
    public static string Of(string device, IRanks ranks) => device == "cuda" && ranks.Size > 1 ? string.Create(CultureInfo.InvariantCulture, $"cuda:{ranks.LocalRank}") : device;
}
