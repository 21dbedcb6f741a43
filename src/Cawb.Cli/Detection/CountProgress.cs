using System.Globalization;
using Cawb.Reports.Tables;

namespace Cawb.Cli.Detection;

/// <summary>How many of a known number of things are done, and how long the rest will take: one line that is written over in a window, a line now and then elsewhere.</summary>
/// <param name="output">Where to; the error stream, so that results stay alone on the other.</param>
/// <param name="things">Such as <c>images</c>.</param>
/// <param name="total">All of them.</param>
/// <param name="clock">Where time comes from.</param>
internal sealed class CountProgress(TextWriter output, string things, int total, TimeProvider clock) : IDisposable, IProgress<int>
{
    private static readonly TimeSpan PauseInWindow = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan PauseElsewhere = TimeSpan.FromSeconds(30);

    private readonly bool isWindow = ReferenceEquals(output, Console.Error) && !Console.IsErrorRedirected;
    private readonly long start = clock.GetTimestamp();
    private long lastLine = clock.GetTimestamp();
    private int done;
    private int width;

    /// <summary>So many more are done.</summary>
    public void Add(int count) => Report(done + count);

    /// <summary>So many are done in all.</summary>
    public void Report(int value)
    {
        done = value;
        if (done == 0 || clock.GetElapsedTime(lastLine) < (isWindow ? PauseInWindow : PauseElsewhere))
        {
            return;
        }

        lastLine = clock.GetTimestamp();
        var elapsed = clock.GetElapsedTime(start);
        var line = string.Create(
            CultureInfo.InvariantCulture, $"{done} of {total} {things}, {done / elapsed.TotalSeconds:0.#} a second, {ReportText.Duration(elapsed / done * (total - done))} left");
        if (isWindow)
        {
            output.Write($"\r{line.PadRight(width)}");
            width = line.Length;
        }
        else
        {
            output.WriteLine(line);
        }
    }

    /// <summary>Takes the line away.</summary>
    public void Dispose()
    {
        if (width > 0)
        {
            output.Write($"\r{"".PadRight(width)}\r");
        }
    }
}
