namespace Cawb.Reports.Charts;

/// <summary>Colours that stay apart for people with any colour vision, on white and on near-black.</summary>
/// <remarks>
/// Hues after Okabe and Ito, "Color Universal Design" (2008); lightness spread so that any two are at least 18 apart in CIE L*a*b* for normal sight, protanopia and
/// deuteranopia (a test says so), with a contrast of at least 2 to their ground. Beyond eight series the colours repeat with broken lines.
/// </remarks>
internal static class ChartPalette
{
    public static IReadOnlyList<string> OnLight { get; } = ["#0077d4", "#b43f06", "#00b87c", "#691e67", "#d9a61e", "#6cbbeb", "#717376", "#3b180c"];

    public static IReadOnlyList<string> OnDark { get; } = ["#369be7", "#ff5b1e", "#3cb683", "#c688bd", "#fbcb57", "#2e5fad", "#c4c6c8", "#8b6448"];

    /// <summary>Colours 30 to 37 of a terminal in the same order, chosen to be readable on black and on white.</summary>
    public static IReadOnlyList<int> Terminal { get; } = [34, 31, 32, 35, 33, 36, 90, 91];

    /// <summary>Lengths of dashes and gaps for the n-th repetition of the colours; empty for an unbroken line.</summary>
    public static string Dashes(int colour, bool isDashed) => (colour / OnLight.Count, isDashed) switch
    {
        (0, false) => "",
        (0, true) => "7 4",
        (1, false) => "2 3",
        (1, true) => "9 3 2 3",
        _ => "12 3 2 3 2 3",
    };
}
