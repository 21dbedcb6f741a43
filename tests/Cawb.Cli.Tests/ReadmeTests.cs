using Cawb.Tests.Reference;

namespace Cawb.Cli.Tests;

public sealed class ReadmeTests
{
    // They cost nothing; the others train, or need files that they make.
    private static readonly string[] Light = ["plot", "lint", "table", "convert", "explain", "diff", "schedules"];

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/weights/README.md")]
    [InlineData("docs/gpu.md")]
    [InlineData("docs/run-folder.md")]
    public void Every_command_of_a_page_can_be_read(string page)
    {
        var commands = PageCommands.Of(page).ToArray();
        Assert.NotEmpty(commands);
        Assert.All(commands, words => Assert.Empty(CommandLine.Create().Parse(words).Errors));
    }

    [Fact]
    public void The_first_page_shows_the_picture_and_the_conclusion_of_the_committed_result()
    {
        var folder = Path.Combine(ReferenceFolder.Repository, "docs", "results", "digits");
        var conclusion = File.ReadAllText(Path.Combine(folder, "report.md")).Split("## What can be concluded").Last().Trim().Split("\n\n")[0];
        var page = File.ReadAllText(Path.Combine(ReferenceFolder.Repository, "README.md"));

        Assert.Contains(OneLine(conclusion), OneLine(page.Replace("\n>", "\n", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("(docs/results/digits/differences.svg)", page, StringComparison.Ordinal);
        Assert.Contains("(docs/results/digits/report.md)", page, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder, "differences.svg")));
    }

    [Fact]
    public void The_commands_of_the_first_page_that_train_nothing_run()
    {
        var commands = PageCommands.Of("README.md").Where(words => Light.Contains(words[0])).ToArray();
        Assert.NotEmpty(commands);
        Assert.All(commands, words =>
        {
            var run = CommandRun.Of(words);
            Assert.Equal(0, run.ExitCode);
            Assert.NotEmpty(run.Output);
        });
    }

    private static string OneLine(string text) => string.Join(' ', text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
}
