using System.Globalization;

namespace Cawb.Detection.Waiting;

/// <summary>What the processors of the machine have done since it started, and this process's part of it, in seconds of one processor.</summary>
/// <param name="Busy">All programs, the kernel, and what other virtual machines took.</param>
/// <param name="Own">This process.</param>
internal readonly record struct MachineLoad(double Busy, double Own)
{
    /// <summary>Seconds in a unit of <c>/proc/stat</c>: Linux shows 100 of them a second to every program.</summary>
    private const double Tick = 0.01;

    /// <summary>Reads the present state; null where the system does not tell.</summary>
    public static MachineLoad? Read()
    {
        try
        {
            using var lines = new StreamReader("/proc/stat");
            return Parse(lines.ReadLine() ?? "", Environment.CpuUsage.TotalTime);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Reads the first line of <c>/proc/stat</c>; null if it is none.</summary>
    /// <param name="line"><c>cpu user nice system idle iowait irq softirq steal guest guest_nice</c> in ticks; user and nice hold the guests' already.</param>
    /// <param name="own">Processor time of this process.</param>
    public static MachineLoad? Parse(string line, TimeSpan own)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 9 || words[0] != "cpu")
        {
            return null;
        }

        long ticks = 0;
        foreach (var i in (ReadOnlySpan<int>)[1, 2, 3, 6, 7, 8])
        {
            if (!long.TryParse(words[i], NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            {
                return null;
            }

            ticks += count;
        }

        return new MachineLoad(ticks * Tick, own.TotalSeconds);
    }

    /// <summary>Processors in use between an earlier state and this one.</summary>
    /// <param name="earlier">The earlier state.</param>
    /// <param name="elapsed">The time between the two, above 0.</param>
    public ProcessorUse? Since(MachineLoad earlier, TimeSpan elapsed)
    {
        var own = (Own - earlier.Own) / elapsed.TotalSeconds;
        return elapsed > TimeSpan.Zero ? new ProcessorUse(own, (Busy - earlier.Busy) / elapsed.TotalSeconds - own) : null;
    }
}
