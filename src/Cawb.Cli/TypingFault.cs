using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace Cawb.Cli;

/// <summary>What is said of words that are no command, no option or no value of one: a paragraph.</summary>
internal static class TypingFault
{
    // The parser names the platform's types, which mean nothing to a user.
    private static readonly (string Name, string Meaning)[] Types =
    [
        ("as expected type 'System.Int32'", "as a whole number"),
        ("as expected type 'System.Int64'", "as a whole number"),
        ("as expected type 'System.Double'", "as a number"),
        ("as expected type 'System.Nullable`1[System.Double]'", "as a number"),
    ];

    public static string Paragraph(ParseResult result, ParseErrorAction action)
    {
        var command = result.CommandResult.Command;
        var path = string.Join(' ', ["cawb", .. CommandLine.PathOf(command)]).TrimEnd();
        return $"{(result.UnmatchedTokens.Count > 0 ? Unknown(result, action, command, path) : Wrong(result))} See: {path} --help";
    }

    // Only the first: what follows an unknown word is mostly its arguments.
    private static string Unknown(ParseResult result, ParseErrorAction action, Command command, string path)
    {
        var word = result.UnmatchedTokens[0];
        var fault = command.Subcommands.Count > 0 ? $"there is no command '{path} {word}'." : $"{path} takes no '{word}'.";
        var near = Similar(result, action, command);
        return near.Length == 0 ? fault : $"{fault} Did you mean {string.Join(" or ", near)}?";
    }

    private static string Wrong(ParseResult result)
    {
        var text = string.Join(' ', result.Errors.Select(Named).Distinct());
        foreach (var (name, meaning) in Types)
        {
            text = text.Replace(name, meaning, StringComparison.Ordinal);
        }

        text = text.Replace(":\n\t", ": ", StringComparison.Ordinal).Replace("\n\t", ", ", StringComparison.Ordinal);
        text = string.Join(' ', text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
        return text.EndsWith('.') ? text : text + ".";
    }

    private static string Named(ParseError error) =>
        error.SymbolResult is OptionResult { Option.Name: var name } && !error.Message.Contains(name, StringComparison.Ordinal) ? $"{name}: {error.Message}" : error.Message;

    // The parser lists similar names a line each, for every unknown word after a sentence about it.
    private static string[] Similar(ParseResult result, ParseErrorAction action, Command command)
    {
        using var output = new StringWriter();
        (action.ShowHelp, action.ShowTypoCorrections) = (false, true);
        result.Invoke(new InvocationConfiguration { Output = output, Error = TextWriter.Null });
        var names = command.Children.Where(child => child is Command or Option).Select(child => child.Name).ToHashSet(StringComparer.Ordinal);
        return [.. output.ToString().Split('\n').Select(line => line.Trim()).SkipWhile(line => line.Length == 0).Skip(1).TakeWhile(line => line.Length > 0).Where(names.Contains)];
    }
}
