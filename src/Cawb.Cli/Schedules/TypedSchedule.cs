using System.Text.Json;
using System.Text.Json.Nodes;
using Cawb.Training;
using Cawb.Types;

namespace Cawb.Cli.Schedules;

/// <summary>
/// A schedule that was typed by name with its parameters: <c>oneCycle:totalEpochs=100,start=0.04</c> as one word, or <c>oneCycle totalEpochs=100 start=0.04</c> as several; a library's function likewise.
/// </summary>
/// <param name="Name">A type of the text form, or library and function.</param>
/// <param name="Pairs">Keys and values as typed.</param>
internal sealed record TypedSchedule(string Name, IReadOnlyList<KeyValuePair<string, string>> Pairs)
{
    /// <summary>Reads one word with a colon.</summary>
    /// <returns>Null where the word is none of this kind.</returns>
    public static TypedSchedule? OfWord(string word)
    {
        var colon = word.IndexOf(':', StringComparison.Ordinal);
        // A drive letter is no schedule.
        return colon > 1 && IsName(word[..colon]) && KeyLength(word[(colon + 1)..]) > 0 ? new(word[..colon], Split(word[(colon + 1)..])) : null;
    }

    /// <summary>Whether a word is <c>key=value</c>, which belongs to the schedule before it.</summary>
    public static bool IsPair(string word) => KeyLength(word) > 0;

    /// <summary>With one more word of <c>key=value</c>.</summary>
    public TypedSchedule With(string pair) => this with { Pairs = [.. Pairs, Pair(pair)] };

    /// <summary>The text form of a type of ours; the length of the run stands for a length that was not typed.</summary>
    /// <param name="type">Of the name.</param>
    /// <param name="runEpochs">Length of the run; null where none was typed.</param>
    /// <exception cref="InputException">A key is unknown or given twice.</exception>
    public string ToText(ScheduleType type, double? runEpochs)
    {
        var json = new JsonObject { ["type"] = type.Name };
        foreach (var (key, value) in Pairs)
        {
            var field = type.Fields.FirstOrDefault(field => field.Name == key)
                ?? throw new InputException($"{type.Name} has no parameter '{key}'.{NearestName.Suggestion(key, type.Fields.Select(known => known.Name))} It has: {string.Join(", ", type.Fields.Select(known => known.Name))}. See: cawb schedules {type.Name}");
            Add(json, key, Value(value, field.IsList));
        }

        if (runEpochs is { } epochs && type.Fields.FirstOrDefault(field => field is { IsRequired: true, Kind: FieldKind.Time, Name: "epochs" or "durationEpochs" or "totalEpochs" }) is { } length && !json.ContainsKey(length.Name))
        {
            json[length.Name] = epochs;
        }

        return json.ToJsonString();
    }

    /// <summary>The arguments of a library's function as JSON.</summary>
    /// <exception cref="InputException">A key is given twice.</exception>
    public string ToArguments()
    {
        var json = new JsonObject();
        foreach (var (key, value) in Pairs)
        {
            Add(json, key, Value(value, isList: false));
        }

        return json.ToJsonString();
    }

    private void Add(JsonObject json, string key, JsonNode? value)
    {
        if (!json.TryAdd(key, value))
        {
            throw new InputException($"{Name}: '{key}' is given twice.");
        }
    }

    private static bool IsName(string text) => text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '.') && char.IsAsciiLetter(text[0]);

    private static int KeyLength(string word)
    {
        var length = 0;
        while (length < word.Length && (char.IsAsciiLetterOrDigit(word[length]) || word[length] == '_'))
        {
            length++;
        }

        return length > 0 && length < word.Length && word[length] == '=' && char.IsAsciiLetter(word[0]) ? length : 0;
    }

    // A comma separates pairs where a key follows, and values of a list elsewhere.
    private static List<KeyValuePair<string, string>> Split(string text)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        for (int start = 0, at = 0, depth = 0, quotes = 0; at <= text.Length; at++)
        {
            if (at == text.Length || (text[at] == ',' && depth == 0 && quotes % 2 == 0 && KeyLength(text[(at + 1)..]) > 0))
            {
                pairs.Add(Pair(text[start..at]));
                start = at + 1;
                continue;
            }

            quotes += text[at] == '"' ? 1 : 0;
            depth += text[at] switch { '(' or '[' or '{' => 1, ')' or ']' or '}' => -1, _ => 0 };
        }

        return pairs;
    }

    private static KeyValuePair<string, string> Pair(string text)
    {
        var length = KeyLength(text);
        return KeyValuePair.Create(text[..length], text[(length + 1)..]);
    }

    // JSON where it is JSON, numbers with commas as a list, words and formulas as text.
    private static JsonNode? Value(string text, bool isList)
    {
        var items = text.Split(',', StringSplitOptions.TrimEntries);
        if (Parsed(text) is { IsJson: true } whole)
        {
            return isList && whole.Node is not JsonArray ? new JsonArray(whole.Node) : whole.Node;
        }

        return items.Length > 1 && items.All(item => Parsed(item).IsJson)
            ? new JsonArray([.. items.Select(item => Parsed(item).Node)])
            : isList && text.Length == 0 ? new JsonArray() : JsonValue.Create(text);
    }

    private static (bool IsJson, JsonNode? Node) Parsed(string text)
    {
        try
        {
            return (true, JsonNode.Parse(text));
        }
        catch (JsonException)
        {
            return (false, null);
        }
    }
}
