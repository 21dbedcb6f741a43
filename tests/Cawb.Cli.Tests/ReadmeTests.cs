using System.Text.RegularExpressions;
using Cawb.Tests.Reference;

namespace Cawb.Cli.Tests;

public sealed class ReadmeTests
{
    // They cost nothing; the others train, or need files that they make.
    private static readonly string[] Light = ["plot", "lint", "table", "convert", "explain", "diff", "schedules"];

    [Theory]
    [InlineData("README.md")]
    [InlineData("README.zh-CN.md")]
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
        var folder = Path.Combine(ReferenceFolder.Repository, "docs", "results", "digits-boots");
        var conclusion = File.ReadAllText(Path.Combine(folder, "report.md")).Split("## What can be concluded")[1].Split("\n## ")[0];
        var page = File.ReadAllText(Path.Combine(ReferenceFolder.Repository, "README.md"));

        Assert.Contains(OneLine(conclusion), OneLine(page.Replace("\n>", "\n", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("(docs/results/digits-boots/contrasts.svg)", page, StringComparison.Ordinal);
        Assert.Contains("(docs/results/digits-boots/report.md)", page, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder, "contrasts.svg")));
    }

    [Fact]
    public void The_first_page_is_short_and_its_Chinese_counterpart_has_the_same_commands_code_and_links()
    {
        var (english, chinese) = (File.ReadAllText(Path.Combine(ReferenceFolder.Repository, "README.md")), File.ReadAllText(Path.Combine(ReferenceFolder.Repository, "README.zh-CN.md")));
        Assert.InRange(english.Split('\n').Length, 1, 150);
        Assert.Equal(PageCommands.Of("README.md"), PageCommands.Of("README.zh-CN.md"));
        Assert.Equal(Code(english), Code(chinese));
        Assert.Equal(Links(english).Except(["README.zh-CN.md"]), Links(chinese).Except(["README.md"]));
        Assert.All(Links(english).Where(link => !link.StartsWith("http", StringComparison.Ordinal)), link => Assert.True(Path.Exists(Path.Combine(ReferenceFolder.Repository, link)), link));

        // Comments are translated, statements are not.
        static string[] Code(string page) => [.. Regex.Matches(page, "```(?:csharp|cs)\n(.*?)```", RegexOptions.Singleline).SelectMany(block => block.Groups[1].Value.Split('\n')).Select(line => line.Split("//")[0].TrimEnd()).Where(line => line.Length > 0)];
        static IEnumerable<string> Links(string page) => Regex.Matches(page, @"\]\(([^)]+)\)").Select(link => link.Groups[1].Value).Distinct().Order(StringComparer.Ordinal);
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
