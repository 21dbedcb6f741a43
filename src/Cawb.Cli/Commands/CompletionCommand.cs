using System.CommandLine;
using Cawb.Cli.Completion;

namespace Cawb.Cli.Commands;

/// <summary><c>cawb completion</c>: a script for the Tab key.</summary>
internal static class CompletionCommand
{
    private const string Help = """
        Prints a script that completes commands, flags and values when Tab is pressed.

        Load it where the shell starts:
          bash   source <(cawb completion bash)                            in ~/.bashrc
          zsh    source <(cawb completion zsh)                             in ~/.zshrc, behind compinit
          fish   cawb completion fish | source                             in ~/.config/fish/config.fish
          pwsh   cawb completion pwsh | Out-String | Invoke-Expression     in $PROFILE

        Example:
          cawb completion bash
        """;

    public static Command Create()
    {
        var shell = new Argument<string>("SHELL") { Description = $"{string.Join(", ", CompletionScript.Shells)}.", HelpName = "SHELL" }.AcceptOnlyFromAmong([.. CompletionScript.Shells]);
        var command = new Command("completion", Help) { shell };
        command.SetAction(result =>
        {
            result.InvocationConfiguration.Output.Write(CompletionScript.Of(result.GetRequiredValue(shell), CommandWords.All(CommandLine.Create())));
            return ExitCode.Done;
        });
        return command;
    }
}
