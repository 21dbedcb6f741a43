using Cawb.Reports.Charts;

namespace Cawb.Cli;

/// <summary>What the window that the program was started in can show.</summary>
internal static class Terminal
{
    /// <summary>Whether what is written there goes to a window and not into a file or pipe.</summary>
    public static bool IsWindow(TextWriter output) => ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected;

    /// <summary>Writes a chart in the window's size, letters and colours.</summary>
    public static void Draw(Chart chart, TextWriter output) => Draw(chart, output, int.MaxValue, int.MaxValue);

    /// <summary>Writes a chart of at most so many columns and rows.</summary>
    public static void Draw(Chart chart, TextWriter output, int mostColumns, int mostRows)
    {
        var isWindow = IsWindow(output);
        var (columns, rows) = isWindow ? (Console.WindowWidth, Console.WindowHeight) : (mostColumns < int.MaxValue ? mostColumns : 0, mostRows < int.MaxValue ? mostRows : 0);
        var size = TerminalSize.Within(Math.Min(columns, mostColumns), Math.Min(rows, mostRows));
        output.Write(TerminalChart.Render(chart, size, TerminalLook.Detect(isWindow, Environment.GetEnvironmentVariable)));
    }
}
