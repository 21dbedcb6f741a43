using System.Diagnostics;

namespace Cawb.Cli.Tests;

public sealed class CompletionCommandTests
{
    /// <summary>The script, in the shell itself: what Tab offers behind some words.</summary>
    [Fact]
    public void Bash_completes_commands_flags_and_values()
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "Needs bash.");
        var script = CommandRun.Of("completion", "bash").Output;
        var offered = Ask(script, ["", "tra", "data ", "data ch", "train --mod", "train --model ", "train --cfg ", "train --optimizer A", "val --par", "data check --", "help da", "completion f", "train runs", "lint x"]);
        Assert.Contains("demo train compare", offered[0], StringComparison.Ordinal);
        Assert.Equal("train", offered[1]);
        Assert.Equal("digits check coco-subset anchors", offered[2]);
        Assert.Equal("check", offered[3]);
        Assert.Equal("--model", offered[4]);
        Assert.Equal(["l", "l-5.0", "m", "m-5.0", "n", "s", "s-5.0", "x", "x-5.0"], offered[5].Split(' ').Order(StringComparer.Ordinal));
        Assert.Equal(offered[5], offered[6]);
        Assert.Equal("Adam AdamW", offered[7]);
        Assert.Equal("--part", offered[8]);
        Assert.Contains("--json", offered[9], StringComparison.Ordinal);
        Assert.DoesNotContain("--epochs", offered[9], StringComparison.Ordinal);
        // Behind the last two the program offers nothing of its own: the shell goes on with file names.
        Assert.Equal(["data", "fish", "", ""], offered[10..]);
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("pwsh")]
    public void Every_shell_s_script_has_every_command_and_flag_that_help_shows(string shell)
    {
        var script = CommandRun.Of("completion", shell).Output;
        foreach (var command in CommandLine.Create().Subcommands)
        {
            Assert.Contains(command.Name, script, StringComparison.Ordinal);
            foreach (var option in command.Options.Where(option => !option.Hidden && option.Name.StartsWith("--", StringComparison.Ordinal)))
            {
                Assert.Contains(shell == "fish" ? $"-l {option.Name[2..]} " : option.Name, script, StringComparison.Ordinal);
            }
        }
    }

    private static string[] Ask(string script, string[] lines)
    {
        var start = new ProcessStartInfo("bash", ["--norc", "-s"]) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        using var bash = Process.Start(start) ?? throw new InvalidOperationException("bash did not start.");
        bash.StandardInput.Write(script);
        foreach (var line in lines)
        {
            // The word at hand is the last one, empty behind a blank.
            var words = ("./cawb " + line).Split(' ');
            bash.StandardInput.Write($"COMP_WORDS=({string.Join(' ', words.Select(word => $"'{word}'"))}); COMP_CWORD={words.Length - 1}; _cawb; echo \"${{COMPREPLY[*]}}\"\n");
        }

        bash.StandardInput.Close();
        var output = bash.StandardOutput.ReadToEnd();
        bash.WaitForExit();
        return output.TrimEnd('\n').Length == 0 ? [] : output.Split('\n')[..lines.Length];
    }
}
