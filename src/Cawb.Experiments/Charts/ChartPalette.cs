namespace Cawb.Experiments.Charts;

/// <summary>Colours that stay apart for people with any colour vision, on white and on near-black.</summary>
/// <remarks>
/// Hues after Okabe and Ito, "Color Universal Design" (2008), without the yellow that fails on white; lightness adjusted so that each has a contrast of at least 2.4
/// to its ground. Beyond eight series the colours repeat with broken lines.
/// </remarks>
internal static class ChartPalette
{
    public static IReadOnlyList<string> OnLight { get; } = ["#0072b2", "#d55e00", "#009e73", "#a0478f", "#c08a00", "#4fa9de", "#5b6470", "#7d4427"];

    public static IReadOnlyList<string> OnDark { get; } = ["#56b4e9", "#ff8a3d", "#2cc295", "#d98cc8", "#f0c541", "#2f80d8", "#a9b2bd", "#c79a7b"];

    /// <summary>Colours 30 to 37 of a terminal in the same order, chosen to be readable on black and on white.</summary>
    public static IReadOnlyList<int> Terminal { get; } = [34, 31, 32, 35, 33, 36, 90, 91];

    /// <summary>Lengths of dashes and gaps for the n-th repetition of the colours; empty for an unbroken line.</summary>
    public static string Dashes(int seriesIndex, bool isDashed) => (seriesIndex / OnLight.Count, isDashed) switch
    {
        (0, false) => "",
        (0, true) => "7 4",
        (1, false) => "2 3",
        (1, true) => "9 3 2 3",
        _ => "12 3 2 3 2 3",
    };
}
