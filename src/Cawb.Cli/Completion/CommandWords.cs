using System.CommandLine;
using System.CommandLine.Completions;

namespace Cawb.Cli.Completion;

/// <summary>What can be typed behind a command: the commands below it, its flags, and the values of those that have a list.</summary>
/// <param name="Path">The names that lead to it, with blanks between; empty for the program.</param>
/// <param name="Commands">Name and first sentence of each command below, and words that the command takes by themselves where they can be listed.</param>
/// <param name="Flags">All that help shows.</param>
internal sealed record CommandWords(string Path, IReadOnlyList<(string Name, string Sentence)> Commands, IReadOnlyList<FlagWords> Flags)
{
    /// <summary>Of the program and every command.</summary>
    public static IReadOnlyList<CommandWords> All(Command root) => [.. Of(root, "")];

    private static IEnumerable<CommandWords> Of(Command command, string path)
    {
        yield return new CommandWords(
            path,
            [.. command.Subcommands.Select(child => (child.Name, First(child.Description))), .. command.Arguments.SelectMany(argument => argument.GetCompletions(CompletionContext.Empty)).Select(item => (item.Label, ""))],
            [.. command.Options.Where(option => !option.Hidden && option.Name.StartsWith("--", StringComparison.Ordinal)).Select(option => new FlagWords(
                option.Name, [.. option.Aliases.Prepend(option.Name)], First(option.Description), Values(option)))]);
        foreach (var words in command.Subcommands.SelectMany(child => Of(child, $"{path} {child.Name}".Trim())))
        {
            yield return words;
        }
    }

    private static IReadOnlyList<string> Values(Option option) => option.ValueType == typeof(bool) ? [] : [.. option.GetCompletions(CompletionContext.Empty).Select(item => item.Label)];

    private static string First(string? text)
    {
        var line = (text ?? "").Split('\n')[0];
        var end = line.IndexOf(". ", StringComparison.Ordinal);
        return (end < 0 ? line : line[..(end + 1)]).Replace('\'', '’').Replace('"', '’');
    }
}
