using System.Text;
using System.Text.RegularExpressions;

namespace Cawb;

/// <summary>What is wrong with a text that is not strict JSON, and what to do about it, in our words: those of the platform's reader differ from version to version and speak of its options.</summary>
/// <param name="Offset">Of the byte that the message is about.</param>
/// <param name="Message">One or two sentences.</param>
internal readonly partial record struct JsonMistake(int Offset, string Message)
{
    private const string TooEarly = "The text ends too early; a value or a closing } or ] is missing.";
    private const string StraightQuotes = "Write keys and texts in straight double quotes, such as \"type\".";

    /// <summary>The mistake at the place where a reader gave up.</summary>
    /// <param name="text">All of it, in UTF-8.</param>
    /// <param name="offset">The byte that the reader could not take; the length of the text where it ended too early.</param>
    /// <param name="isComplete">Whether a whole value ends before it.</param>
    public static JsonMistake At(ReadOnlySpan<byte> text, int offset, bool isComplete)
    {
        if (OpenQuote(text[..offset]) is { } quote)
            return InText(text, offset, quote);
        if (offset >= text.TrimEnd(" \t\r\n"u8).Length)
            return new(offset, TooEarly);
        if (isComplete)
            return new(offset, "Remove what stands after the end.");
        // The general punctuation of UTF-8, in which the quotes of word processors lie.
        if (text[offset..].StartsWith((ReadOnlySpan<byte>)[0xe2, 0x80]))
            return new(offset, StraightQuotes);
        var before = text[..offset].TrimEnd(" \t\r\n"u8);
        var last = before.IsEmpty ? ' ' : (char)before[^1];
        return (char)text[offset] switch
        {
            '}' or ']' when last == ',' => new(before.Length - 1, $"Remove the comma before {(char)text[offset]}."),
            '}' or ']' when last == ':' => new(offset, $"A value is missing before {(char)text[offset]}."),
            '/' or '#' => new(offset, "Comments are not allowed; remove this one."),
            ',' when last is not (',' or ':' or '{' or '[') && offset + 1 == text.TrimEnd(" \t\r\n"u8).Length => new(offset, TooEarly),
            ',' => new(offset, "Remove this comma; there is nothing before it that it could end."),
            '\'' or '`' => new(offset, StraightQuotes),
            '{' or '[' when last is ':' or ',' or '[' => new(offset, "Too many objects and lists stand inside each other."),
            _ => OfToken(text, offset, last),
        };
    }

    // Numbers, words, and what stands where none of the above explains it.
    private static JsonMistake OfToken(ReadOnlySpan<byte> text, int offset, char last)
    {
        var (start, end) = (offset, offset);
        while (start > 0 && IsOfToken(text[start - 1]))
            start--;
        while (end < text.Length && IsOfToken(text[end]))
            end++;
        var token = Encoding.UTF8.GetString(text[start..end]);
        var next = text[end..].TrimStart(" \t\r\n"u8);
        var shown = (char)text[offset];
        if (token.Length > 0 && !Number().IsMatch(token))
        {
            var isName = !next.IsEmpty && next[0] == ':';
            return new(start, token.TrimStart('-', '+').ToUpperInvariant() switch
            {
                "NAN" or "INF" or "INFINITY" => $"{token} is no number in JSON; write a finite one.",
                "TRUE" or "FALSE" or "NULL" => $"Write {token.ToLowerInvariant()} in lower case.",
                _ when isName => $"Write the key in double quotes: \"{token}\".",
                [>= '0' and <= '9' or '.', ..] => $"{token} is no number as JSON writes it, such as 1000, 0.5 or 1e-3.",
                _ => $"{token} is no JSON value; write a text in double quotes: \"{token}\".",
            });
        }

        if (shown is '}' or ']')
            return new(offset, $"Nothing is open here that {shown} could close.");
        return shown is ':' or '\\' || char.IsControl(shown) || last is '{'
            ? new(offset, $"'{shown}' cannot stand here; a key in double quotes, a value, a comma, }} or ] could.")
            : new(offset, $"{(last == '"' ? "A comma or a colon" : "A comma")} is missing before this.");
    }

    private static JsonMistake InText(ReadOnlySpan<byte> text, int offset, int quote) => offset >= text.Length || text[offset] < ' '
        ? new(quote, offset < text.Length && text[offset] == '\t' ? "A text holds a tab; write it as \\t." : "The closing double quote of this text is missing on its line.")
        : new(offset, "A text holds a backslash that begins no character; write a backslash as \\\\.");

    /// <summary>Where the text begins that is not closed, if there is one.</summary>
    private static int? OpenQuote(ReadOnlySpan<byte> text)
    {
        int? open = null;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '"')
                open = open is null ? i : null;
            else if (text[i] == '\\' && open is not null)
                i++;
        }

        return open;
    }

    private static bool IsOfToken(byte character) => !" \t\r\n,:{}[]\"'"u8.Contains(character);

    [GeneratedRegex("^-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
