using System.CommandLine;

namespace Cawb.Cli.Tests;

public sealed class HelpTests
{
    [Fact]
    public void Every_schedule_command_shows_examples_in_its_help()
    {
        foreach (string name in (string[])["plot", "table", "lint", "explain", "diff", "convert"])
        {
            using var output = new StringWriter();
            Assert.Equal(0, CommandLine.Create().Parse([name, "--help"]).Invoke(new InvocationConfiguration { Output = output }));
            Assert.Contains("Examples:", output.ToString(), StringComparison.Ordinal);
            Assert.Contains($"cawb {name} ", output.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_examples_of_the_help_can_be_read()
    {
        foreach (var command in CommandLine.Create().Subcommands.Where(command => command.Description?.Contains("Examples:", StringComparison.Ordinal) == true))
        {
            foreach (string line in (command.Description ?? "").Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("cawb ", StringComparison.Ordinal)))
            {
                Assert.Empty(CommandLine.Create().Parse(Split(line)).Errors);
            }
        }
    }

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
