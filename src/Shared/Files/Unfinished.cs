using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Cawb.Files;

/// <summary>Names of files and folders that are being made: they say on which host and by which process, so that several may work in one place.</summary>
internal static partial class Unfinished
{
    /// <summary>Ends all of these names.</summary>
    public const string Suffix = ".partial";

    private static readonly string Host = OtherThanInNames().Replace(Environment.MachineName.ToLowerInvariant(), "-");

    /// <summary>Tells this process from an earlier one of the same number, as there is in a container that began anew.</summary>
    private static readonly string Beginning = Stopwatch.GetTimestamp().ToString("x", CultureInfo.InvariantCulture);

    private static long named;

    /// <summary>Finds them all with a search pattern, whoever made them.</summary>
    public static string Pattern => "*" + Suffix;

    /// <summary>A name that nobody else makes, in this process or another.</summary>
    /// <param name="path">Of what is to be made.</param>
    public static string NameFor(string path) =>
        string.Create(CultureInfo.InvariantCulture, $"{path}.{Host}_{Environment.ProcessId}-{Beginning}-{Interlocked.Increment(ref named)}{Suffix}");

    /// <summary>Whether nobody goes on making it: its process was on this host and has ended. Of other hosts' nobody can say.</summary>
    /// <param name="path">Of what was being made.</param>
    public static bool IsAbandoned(string path) =>
        Mark().Match(Path.GetFileName(path)) is { Success: true } mark
        && mark.Groups["host"].Value == Host
        && int.TryParse(mark.Groups["process"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var process)
        && (process == Environment.ProcessId ? mark.Groups["beginning"].Value != Beginning : !IsRunning(process));

    private static bool IsRunning(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return !found.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // It is there and belongs to somebody else.
            return true;
        }
    }

    [GeneratedRegex(@"\.(?<host>[a-z0-9-]+)_(?<process>[0-9]+)-(?<beginning>[0-9a-f]+)-[0-9]+\.partial$")]
    private static partial Regex Mark();

    [GeneratedRegex("[^a-z0-9-]")]
    private static partial Regex OtherThanInNames();
}
