namespace Cawb.Cli;

/// <summary>What the process returns. docs/exit-codes.md tells users.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>The work failed.</summary>
    public const int Failed = 1;

    /// <summary>An argument, a file or a folder is not as it must be; nothing was changed.</summary>
    public const int BadInput = 2;

    /// <summary><c>compare --report</c> has written a report, or said that there is none yet, and runs are missing.</summary>
    public const int Incomplete = 3;

    /// <summary>Interrupted by Ctrl-C or SIGTERM, and nothing is left to go on from: 128 and the number of SIGINT, as a shell has it.</summary>
    public const int Interrupted = 130;

    /// <summary>Interrupted with a checkpoint, or in use by another process: the same command goes on later. EX_TEMPFAIL of sysexits.h.</summary>
    public const int TryAgain = 75;
}
