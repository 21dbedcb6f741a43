using System.CommandLine;
using System.CommandLine.Completions;
using Cawb.Cli.Typing;
using Cawb.Training;

namespace Cawb.Cli.Commands;

/// <summary><c>cawb help</c>: the list of commands, or what one of them does.</summary>
internal static class HelpCommand
{
    private const string Help = """
        Shows the list of commands, or what one of them does and takes; the same as --help behind it.

        Examples:
          cawb help
          cawb help train
          cawb help data check
        """;

    public static Command Create()
    {
        var words = new Argument<string[]>("COMMAND") { Description = "Of which help is wanted; all of them are listed without it.", Arity = ArgumentArity.ZeroOrMore, HelpName = "COMMAND" };
        words.CompletionSources.Add(_ => CommandLine.Names.Select(name => new CompletionItem(name)));
        var command = new Command("help", Help) { words };
        command.SetAction(result =>
        {
            var page = CommandLine.Parse([.. result.GetValue(words) ?? [], "--help"]);
            return page.UnmatchedTokens.Count == 0
                ? page.Invoke(result.InvocationConfiguration)
                : throw new InputException(TypingFault.Paragraph(CommandLine.Parse(result.GetValue(words) ?? [])) ?? "there is no such command. See: cawb --help");
        });
        return command;
    }
}
