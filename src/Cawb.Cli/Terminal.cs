using Cawb.Experiments.Charts;

namespace Cawb.Cli;

/// <summary>What the window that the program was started in can show.</summary>
internal static class Terminal
{
    /// <summary>Whether output goes to a window and not into a file or pipe.</summary>
    public static bool IsInteractive => !Console.IsOutputRedirected;

    /// <summary>A chart in the window's size, letters and colours.</summary>
    public static string Draw(Chart chart)
    {
        var size = IsInteractive ? TerminalSize.Within(Console.WindowWidth, Console.WindowHeight) : TerminalSize.Within(0, 0);
        return TerminalChart.Render(chart, size, TerminalLook.Detect(IsInteractive, Environment.GetEnvironmentVariable));
    }
}
