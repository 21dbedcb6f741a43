using System.Diagnostics;
using System.Globalization;
using Cawb.Cli.Tests.Training;

namespace Cawb.Cli.Tests.Ranks;

/// <summary>The built program on several ranks of this machine, started by mpirun as a user starts it.</summary>
internal static class RankedProcess
{
    private const string RankVariable = "OMPI_COMM_WORLD_RANK=";

    // More ranks than processors, and a container whose root may neither share memory between processes at once nor use its network.
    private static readonly string[] Launch =
        ["--oversubscribe", "--bind-to", "none", "--mca", "btl", "self,vader", "--mca", "btl_vader_single_copy_mechanism", "none", "--mca", "oob_tcp_if_include", "lo", "--mca", "odls_base_sigkill_timeout", "1"];

    /// <summary>Runs a command to its end.</summary>
    public static CommandRun Run(int ranks, params string[] words)
    {
        using var started = Start(ranks, words);
        return started.End();
    }

    /// <summary>Starts a command and leaves it running.</summary>
    public static ProgramProcess Start(int ranks, params string[] words)
    {
        var start = new ProcessStartInfo(
            "env", ["--default-signal=INT,TERM", "mpirun", .. Launch, "-n", ranks.ToString(CultureInfo.InvariantCulture), "dotnet", ProgramProcess.Library, .. words]);
        (start.Environment["OMPI_ALLOW_RUN_AS_ROOT"], start.Environment["OMPI_ALLOW_RUN_AS_ROOT_CONFIRM"]) = ("1", "1");
        return ProgramProcess.Start(start);
    }

    /// <summary>Sends a signal by name to one rank alone.</summary>
    public static void Signal(ProgramProcess launcher, int rank, string name)
    {
        using var kill = Process.Start("kill", ["-s", name, IdOf(launcher, rank).ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Whether a process of that launcher is still there.</summary>
    public static bool HasRanks(int[] ids) => ids.Any(id => File.Exists($"/proc/{id}/environ") && EnvironmentOf(id).Contains(RankVariable, StringComparison.Ordinal));

    /// <summary>All ranks' processes.</summary>
    public static int[] IdsOf(ProgramProcess launcher) =>
        [.. File.ReadAllText($"/proc/{launcher.Id}/task/{launcher.Id}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => int.Parse(id, CultureInfo.InvariantCulture))];

    private static int IdOf(ProgramProcess launcher, int rank) =>
        IdsOf(launcher).Single(id => EnvironmentOf(id).Split('\0').Contains($"{RankVariable}{rank}"));

    private static string EnvironmentOf(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/environ");
        }
        catch (IOException)
        {
            return "";
        }
    }
}
