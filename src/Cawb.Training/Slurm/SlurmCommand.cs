using System.ComponentModel;
using System.Diagnostics;

namespace Cawb.Training.Slurm;

/// <summary>A command of Slurm's, run to its end.</summary>
internal static class SlurmCommand
{
    /// <summary>What the command says.</summary>
    /// <param name="words">The command and its arguments.</param>
    /// <exception cref="InputException">There is no such command, or it refused; the message has its words.</exception>
    public static string Run(params IEnumerable<string> words)
    {
        string[] all = [.. words];
        try
        {
            using var process = Process.Start(new ProcessStartInfo(all[0], all[1..]) { RedirectStandardOutput = true, RedirectStandardError = true })
                ?? throw new Win32Exception();
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output.Trim()
                : throw new InputException($"{all[0]} refused: {error.Result.Trim().TrimEnd('.')}. What was asked for: {ShellWord.Joined(all)}");
        }
        catch (Win32Exception fault)
        {
            throw new InputException($"There is no command '{all[0]}' here. Start this on a host from which jobs are submitted to Slurm, or use --dry-run to write the scripts alone.", fault);
        }
    }
}
