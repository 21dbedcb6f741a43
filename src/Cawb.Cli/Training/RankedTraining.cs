using System.CommandLine;
using Cawb.Training;
using Cawb.Training.Loop;
using Cawb.Training.Ranks;

namespace Cawb.Cli.Training;

/// <summary>Runs a training on the ranks that a launcher started, and sees to it that a fault of one ends them all.</summary>
internal static class RankedTraining
{
    /// <summary>How long ranks wait for each other unless told, in seconds.</summary>
    public const int UsualTimeout = 600;

    private const string Command = "train";

    /// <summary>Demands that several processes were started for a command that can share its work.</summary>
    /// <param name="result">What was typed.</param>
    /// <param name="launcher">What started this process.</param>
    /// <exception cref="InputException">All of them would do the same work.</exception>
    public static void RequireAllowed(ParseResult result, Launcher launcher)
    {
        var path = string.Join(' ', CommandLine.PathOf(result.CommandResult.Command)).Trim();
        if (launcher.Size > 1 && path != Command)
        {
            throw new InputException($"{launcher.Name} started {launcher.Size} processes, and each of them would run the whole of cawb{(path.Length > 0 ? $" {path}" : "")}: of all commands only {Command} shares its work out. Start this one without {launcher.Name}, or as one process.");
        }
    }

    /// <summary>Does the work of this rank.</summary>
    /// <param name="launcher">More than one process.</param>
    /// <param name="timeoutSeconds">How long ranks wait for each other.</param>
    /// <param name="error">Takes the paragraph that says why the run ended, once.</param>
    /// <param name="lead">The work of rank 0; gives its exit code.</param>
    /// <param name="cancellation">The wish to stop that reached this process.</param>
    /// <returns>The exit code of this process; that of rank 0 is the one of the run.</returns>
    public static int Execute(Launcher launcher, int timeoutSeconds, TextWriter error, Func<IRanks, int> lead, CancellationToken cancellation)
    {
        // A follower's own writer is silent about what all ranks say alike; what it alone has to say goes past that.
        var own = launcher.Rank == 0 ? error : Console.Error;
        using var ranks = MpiRanks.Open(launcher, TimeSpan.FromSeconds(timeoutSeconds), text => own.WriteLine($"cawb: {text}"));
        try
        {
            if (ranks.Rank == 0)
            {
                return lead(ranks);
            }

            FollowingRank.Execute(ranks, cancellation);
            return ExitCode.Done;
        }
        catch (TrainingException) when (ranks.Rank > 0)
        {
            // The loss is the sum of all ranks', so all of them have this fault: rank 0 says so and ends them.
            ranks.Sum([0.0], "the end after a fault");
            throw;
        }
#pragma warning disable CA1031 // Whatever it is, the other ranks must not wait for this one.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Thread.Sleep(SpeakingOrder.PauseOf(ranks.Rank));
            own.WriteLine($"cawb: {(ranks.Rank == 0 ? "" : $"rank {ranks.Rank}: ")}{FaultReport.Of(exception)}");
            return Abort(ranks, FaultReport.CodeOf(exception));
        }
    }

    /// <summary>Ends all ranks; in the form of a value, since no caller sees it.</summary>
    public static int Abort(IRanks ranks, int exitCode)
    {
        ranks.Abort(exitCode);
        return exitCode;
    }
}
