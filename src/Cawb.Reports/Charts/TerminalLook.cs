namespace Cawb.Reports.Charts;

/// <summary>Which letters and colours a terminal shows.</summary>
public sealed record TerminalLook
{
    // In the order in which the C library asks them.
    private static readonly string[] LocaleVariables = ["LC_ALL", "LC_CTYPE", "LANG"];

    private TerminalLook(bool usesUnicode, bool usesColour) => (UsesUnicode, UsesColour) = (usesUnicode, usesColour);

    /// <summary>Letters of ASCII alone; each series has a letter of its own.</summary>
    public static TerminalLook Ascii { get; } = new(usesUnicode: false, usesColour: false);

    /// <summary>Lines and braille dots, without colours.</summary>
    public static TerminalLook Unicode { get; } = new(usesUnicode: true, usesColour: false);

    /// <summary>Whether letters beyond ASCII may be used.</summary>
    public bool UsesUnicode { get; }

    /// <summary>Whether colours are switched with escape sequences.</summary>
    public bool UsesColour { get; private init; }

    /// <summary>The same letters, with colours.</summary>
    public TerminalLook Coloured() => this with { UsesColour = true };

    /// <summary>What suits an output: colours only on a terminal that is not <c>dumb</c> and without <c>NO_COLOR</c> (no-color.org), ASCII where the locale's character set is not UTF-8.</summary>
    /// <param name="isTerminal">Whether the output is a terminal and not a file or pipe.</param>
    /// <param name="variable">Gives an environment variable, null or empty where it is not set.</param>
    public static TerminalLook Detect(bool isTerminal, Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        var terminal = variable("TERM") ?? "";
        var locale = LocaleVariables.Select(n => variable(n) ?? "").FirstOrDefault(v => v.Length > 0) ?? "";
        // A locale that is not set at all is that of containers, whose terminals take UTF-8.
        var isUtf8 = locale.Length == 0 || locale.Contains("UTF-8", StringComparison.OrdinalIgnoreCase) || locale.Contains("utf8", StringComparison.OrdinalIgnoreCase);
        var colours = isTerminal && terminal != "dumb" && string.IsNullOrEmpty(variable("NO_COLOR"));
        return new TerminalLook(isUtf8 && terminal is not ("dumb" or "linux"), colours);
    }
}
