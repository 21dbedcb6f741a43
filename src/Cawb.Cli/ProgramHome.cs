namespace Cawb.Cli;

/// <summary>The checkout that the program was started from.</summary>
internal static class ProgramHome
{
    /// <summary>What the launcher says in <c>CAWB_HOME</c>; the current folder without it.</summary>
    public static string Folder => Environment.GetEnvironmentVariable("CAWB_HOME") is { Length: > 0 } home ? home : Environment.CurrentDirectory;
}
