using Cawb.Experiments.Charts;

namespace Cawb.Cli;

/// <summary>What the window that the program was started in can show.</summary>
internal static class Terminal
{
    /// <summary>Whether what is written there goes to a window and not into a file or pipe.</summary>
    public static bool IsWindow(TextWriter output) => ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected;

    /// <summary>Writes a chart in the window's size, letters and colours.</summary>
    public static void Draw(Chart chart, TextWriter output)
    {
        var isWindow = IsWindow(output);
        var size = isWindow ? TerminalSize.Within(Console.WindowWidth, Console.WindowHeight) : TerminalSize.Within(0, 0);
        output.Write(TerminalChart.Render(chart, size, TerminalLook.Detect(isWindow, Environment.GetEnvironmentVariable)));
    }
}
