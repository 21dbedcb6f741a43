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
            var help = HelpOf(command);
            Assert.Contains("Example", help, StringComparison.Ordinal);
            Assert.Contains($"cawb {string.Join(' ', CommandLine.PathOf(command)).Trim()}", help, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("plot --steps 30 --epochs 90")]
    [InlineData("data check digits")]
    [InlineData("plt cosine")]
    [InlineData("--help")]
    [InlineData("")]
    public void Making_only_the_command_that_is_named_reads_the_words_as_making_all_does(string line)
    {
        var words = ShellWords.Split(line);
        var (one, all) = (CommandLine.Parse(words), CommandLine.Create().Parse(words));
        Assert.Equal(all.CommandResult.Command.Name, one.CommandResult.Command.Name);
        Assert.Equal(all.Tokens.Select(token => token.Value), one.Tokens.Select(token => token.Value));
        Assert.Equal(all.Errors.Select(error => error.Message), one.Errors.Select(error => error.Message));
    }

    [Fact]
    public void The_built_program_shows_its_help()
    {
        foreach (var words in (string[][])[["--help"], ["train", "--help"]])
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
            var examples = HelpOf(command).Split("Examples:\n").Last().Split("Example:\n").Last();
            foreach (var line in examples.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("cawb ", StringComparison.Ordinal)))
            {
                Assert.Empty(CommandLine.Create().Parse(ShellWords.Split(line)).Errors);
            }
        }
    }

    [Fact]
    public void The_list_of_commands_has_a_short_sentence_for_each_and_the_page_of_a_command_has_all_of_it()
    {
        var lines = HelpOf(CommandLine.Create()).Split('\n');
        foreach (var command in CommandLine.Create().Subcommands)
        {
            var line = Assert.Single(lines, l => l.StartsWith($"  {command.Name} ", StringComparison.Ordinal));
            Assert.EndsWith(".", line.TrimEnd(), StringComparison.Ordinal);
            Assert.InRange(line.Length, 1, 160);
        }

        Assert.Contains("Nothing is kept: no run, no weights.", HelpOf(CommandLine.Create().Subcommands.Single(c => c.Name == "find-lr")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_documented_name_of_an_option_stands_before_its_aliases()
    {
        var help = HelpOf(CommandLine.Create().Subcommands.Single(c => c.Name == "train"));
        Assert.Contains("  --image-size, --img, --imgsz, --img-size <", help, StringComparison.Ordinal);
        Assert.Contains("  --batch-size, --batch <", help, StringComparison.Ordinal);
        Assert.Contains("  --warmup-epochs, --warmup-epoch <", help, StringComparison.Ordinal);
    }

    private static string HelpOf(Command command)
    {
        using var output = new StringWriter { NewLine = "\n" };
        string[] words = [.. CommandLine.PathOf(command).SkipLast(1), "--help"];
        Assert.Equal(0, CommandLine.Create().Parse(words).Invoke(new InvocationConfiguration { Output = output }));
        return output.ToString();
    }

    private static IEnumerable<Command> Below(Command command) => command.Subcommands.SelectMany(child => Below(child).Prepend(child));
}
