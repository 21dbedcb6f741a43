using Cawb.Tests.Reference;

namespace Cawb.Cli.Tests;

public sealed class ReadmeTests
{
    // They cost nothing; the others train, or need files that they make.
    private static readonly string[] Light = ["plot", "lint", "table", "convert", "explain", "diff"];

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/weights/README.md")]
    public void Every_command_of_a_page_can_be_read(string page)
    {
        var commands = Commands(page).ToArray();
        Assert.NotEmpty(commands);
        Assert.All(commands, words => Assert.Empty(CommandLine.Create().Parse(words).Errors));
    }

    [Fact]
    public void The_commands_of_the_first_page_that_train_nothing_run()
    {
        var commands = Commands("README.md").Where(words => Light.Contains(words[0])).ToArray();
        Assert.NotEmpty(commands);
        Assert.All(commands, words =>
        {
            var run = CommandRun.Of(words);
            Assert.Equal(0, run.ExitCode);
            Assert.NotEmpty(run.Output);
        });
    }

    /// <summary>The lines of shell blocks that start the program, continued lines joined, comments and the program's name left out.</summary>
    private static IEnumerable<string[]> Commands(string page)
    {
        var inBlock = false;
        var pending = "";
        foreach (var line in File.ReadLines(Path.Combine(ReferenceFolder.Repository, page)))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                inBlock = line == "```sh";
            }
            else if (inBlock && line.EndsWith('\\'))
            {
                pending += line[..^1];
            }
            else if (inBlock)
            {
                var command = (pending + line).Split(" #")[0].Trim();
                pending = "";
                if (command.StartsWith("./cawb ", StringComparison.Ordinal))
                {
                    yield return ShellWords.Split(command);
                }
            }
        }
    }
}
