namespace Cawb.Cli;

/// <summary>What the process returns.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>The work failed, or was interrupted.</summary>
    public const int Failed = 1;

    /// <summary>An argument, a file or a folder is not as it must be; nothing was changed.</summary>
    public const int BadInput = 2;
}
