using System.CommandLine;
using Cawb.Cli.Tests.Training;

namespace Cawb.Cli.Tests;

public sealed class HelpTests
{
    [Fact]
    public void Every_command_shows_an_example_in_its_help()
    {
        foreach (var command in Below(CommandLine.Create()))
        {
            using var output = new StringWriter();
            string[] words = [.. CommandLine.PathOf(command).SkipLast(1), "--help"];
            Assert.Equal(0, CommandLine.Create().Parse(words).Invoke(new InvocationConfiguration { Output = output }));
            Assert.Contains("Example", output.ToString(), StringComparison.Ordinal);
            Assert.Contains($"cawb {string.Join(' ', words.SkipLast(1))}", output.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_built_program_shows_its_help()
    {
        foreach (string[] words in (string[][])[["--help"], ["train", "--help"]])
        {
            var run = ProgramProcess.Run(words);
            Assert.Equal((0, ""), (run.ExitCode, run.Error));
            Assert.Contains("cawb train", run.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_examples_of_the_help_can_be_read()
    {
        foreach (var command in Below(CommandLine.Create()))
        {
            foreach (string line in (command.Description ?? "").Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("cawb ", StringComparison.Ordinal)))
            {
                Assert.Empty(CommandLine.Create().Parse(Split(line)).Errors);
            }
        }
    }

    private static IEnumerable<Command> Below(Command command) => command.Subcommands.SelectMany(child => Below(child).Prepend(child));

    // As a shell does it: blanks separate, quotes keep together; what a redirection writes to is no word.
    private static string[] Split(string line)
    {
        List<string> words = [];
        var word = new System.Text.StringBuilder();
        char quote = '\0';
        foreach (char c in line.Split(" > ")[0] + " ")
        {
            if (quote == '\0' && c == ' ')
            {
                words.Add(word.ToString());
                word.Clear();
            }
            else if (c == quote || (quote == '\0' && c is ('"' or '\'')))
            {
                quote = quote == '\0' ? c : '\0';
            }
            else
            {
                word.Append(c);
            }
        }

        return [.. words.Where(text => text.Length > 0).Skip(1)];
    }
}
