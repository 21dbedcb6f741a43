namespace Cawb.Cli.Tests.Training;

/// <summary>What a user gets to read when something cannot be used: one paragraph on the error stream, exit code 2.</summary>
internal static class Refusal
{
    /// <summary>Runs a command that must be refused.</summary>
    /// <returns>The paragraph, without the program's name before it.</returns>
    public static string Of(params string[] words) => In(CommandRun.OfProgram(words));

    /// <summary>The same in a process of its own, as a user has it.</summary>
    public static string OfProcess(params string[] words) => In(ProgramProcess.Run(words));

    /// <summary>The paragraph of a command that was refused.</summary>
    public static string In(CommandRun run)
    {
        const string Opening = "cawb: ";
        Assert.True(run.ExitCode == 2, $"Exit code {run.ExitCode} instead of 2. Error stream: {run.Error} Output: {run.Output}");
        var text = run.Error.TrimEnd('\n');
        Assert.StartsWith(Opening, text, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", text, StringComparison.Ordinal);
        Assert.DoesNotContain("should not have happened", text, StringComparison.Ordinal);
        Assert.Matches(@"([.?]|--help|--resume \S+)$", text);

        // The wording is for people to judge: run with live output to read it.
        TestContext.Current.TestOutputHelper?.WriteLine(text);
        return text[Opening.Length..];
    }

    /// <summary>Demands every one of some phrases.</summary>
    public static void Says(string paragraph, params string[] phrases) =>
        Assert.All(phrases, phrase => Assert.True(paragraph.Contains(phrase, StringComparison.Ordinal), $"\"{phrase}\" is missing in: {paragraph}"));
}
