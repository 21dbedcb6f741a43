using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace Cawb.Cli.Typing;

/// <summary>What is said of words that are no command, no option or no value of one: a paragraph.</summary>
internal static class TypingFault
{
    /// <summary>The paragraph; null where the words can be carried out.</summary>
    /// <param name="result">The words, read.</param>
    public static string? Paragraph(ParseResult result)
    {
        var command = result.CommandResult.Command;
        var path = string.Join(' ', ["cawb", .. CommandLine.PathOf(command)]).TrimEnd();
        var text = command.Subcommands.Count > 0 && result.UnmatchedTokens.Count > 0 ? Unknown(command, path, result.UnmatchedTokens[0])
            : UnknownFlag(result) is { } flag ? Unknown(command, path, flag)
            : result.Action is not ParseErrorAction ? null
            : result.UnmatchedTokens.Count > 0 ? Unknown(command, path, result.UnmatchedTokens[0])
            : string.Join(' ', result.Errors.Select(error => Wrong(error, path)).Distinct());
        return text is null ? null : $"{text} See: {path} --help";
    }

    /// <summary>Whether nothing was typed where a command must follow.</summary>
    public static bool IsCommandMissing(ParseResult result) =>
        result.Action is ParseErrorAction && result.UnmatchedTokens.Count == 0 && result.CommandResult.Command.Subcommands.Count > 0 && UnknownFlag(result) is null;

    // The parser takes a flag that it does not know for a file or a value where one can stand.
    private static string? UnknownFlag(ParseResult result) =>
        result.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash).FirstOrDefault(token => token.Type == TokenType.Argument && IsFlag(token.Value))?.Value;

    private static bool IsFlag(string word) => word.Length > 2 && word.StartsWith("--", StringComparison.Ordinal) && char.IsAsciiLetter(word[2]);

    // Only the first: what follows an unknown word is mostly its arguments.
    private static string Unknown(Command command, string path, string word)
    {
        if (IsFlag(word))
        {
            var flag = word.Split('=')[0];
            return $"{path} takes no '{flag}'.{MeantFlag.Answer(flag, command)}";
        }

        if (command.Subcommands.Count == 0)
        {
            return $"{path} takes no '{word}'.{MeantFlag.OfPair(word, command)}";
        }

        var names = command.Subcommands.Select(child => child.Name).ToArray();
        return $"there is no command '{path} {word}'.{MeantCommand.Answer(word, names)} The commands are: {string.Join(", ", names)}.";
    }

    private static string Wrong(ParseError error, string path)
    {
        var option = error.SymbolResult as OptionResult ?? error.SymbolResult?.Parent as OptionResult;
        if (option is null)
        {
            return error.SymbolResult is not ArgumentResult { Argument: var argument, Tokens: var given } ? Sentence(error.Message)
                : given.Count == 0 ? $"{path} needs {argument.Name}: {argument.Description?.TrimEnd('.')}."
                : Choices(error, argument) is { Length: > 0 } among ? $"{argument.Name} must be {among}; got '{given[^1].Value}'."
                : Sentence(error.Message);
        }

        var name = option.IdentifierToken?.Value ?? option.Option.Name;
        string[] words = [.. option.Tokens.Select(token => token.Value)];
        return words.Length == 0 ? $"{name} needs a value."
            : words.Length > option.Option.Arity.MaximumNumberOfValues ? $"{name} takes one value; got {string.Join(" and ", words.Select(word => $"'{word}'"))}. Leave one of them out."
            : Choices(error, option.Option) is { Length: > 0 } choices ? $"{name} needs {choices}; got '{words[^1]}'."
            : Kind(option.Option.ValueType) is { Length: > 0 } kind && !error.Message.StartsWith(option.Option.Name, StringComparison.Ordinal) ? $"{name} needs {kind}; got '{words[^1]}'."
            : Sentence(error.Message);
    }

    private static string Choices(ParseError error, Symbol symbol)
    {
        string[] words = error.Message.Contains('\n', StringComparison.Ordinal) ? [.. symbol.GetCompletions(CompletionContext.Empty).Select(item => item.Label)] : [];
        return words.Length < 2 ? string.Concat(words) : $"{string.Join(", ", words[..^1])} or {words[^1]}";
    }

    private static string Kind(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain == typeof(int) || plain == typeof(long) ? "a whole number" : plain == typeof(double) ? "a number" : plain == typeof(bool) ? "true, false or nothing" : "";
    }

    private static string Sentence(string message)
    {
        var text = string.Join(' ', message.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
        return text.EndsWith('.') ? text : text + ".";
    }
}
