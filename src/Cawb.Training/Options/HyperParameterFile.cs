using System.Text.Json;

namespace Cawb.Training.Options;

/// <summary>Reads and prints hyper-parameters as JSON.</summary>
public static class HyperParameterFile
{
    // Whole numbers of the release (1 for mosaic, say) are fine for doubles; unknown names, duplicates and comments are not.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerOptions.Strict) { WriteIndented = true, NewLine = "\n" };

    /// <summary>Reads a file; keys that are left out keep the release's values.</summary>
    /// <exception cref="HyperParameterException">The file cannot be read, is no JSON, has an unknown key or a value out of range.</exception>
    public static HyperParameters Read(string path)
    {
        byte[] text;
        try
        {
            text = File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new HyperParameterException(path, $"cannot be read: {exception.Message} Give the path of a JSON file, or leave --hyp out for the release's values.", exception);
        }

        return Parse(text, path);
    }

    /// <summary>Reads a text.</summary>
    /// <param name="utf8">JSON.</param>
    /// <param name="source">What messages call it.</param>
    /// <exception cref="HyperParameterException">The text is no JSON, has an unknown key or a value out of range.</exception>
    public static HyperParameters Parse(ReadOnlySpan<byte> utf8, string source)
    {
        HyperParameters read;
        try
        {
            read = JsonSerializer.Deserialize<HyperParameters>(utf8, Json) ?? throw new JsonException("The file holds null.");
        }
        catch (JsonException exception)
        {
            var place = exception.LineNumber is { } line ? $" at line {line + 1}, column {exception.BytePositionInLine + 1}" : "";
            throw new HyperParameterException(source, $"is not a valid set of hyper-parameters{place}: {Reason(exception)} Known keys: {string.Join(", ", Keys())}.", exception);
        }

        var problems = read.Problems();
        return problems.Count == 0 ? read : throw new HyperParameterException(source, $"has values out of range: {string.Join(" ", problems)}");
    }

    /// <summary>The canonical text: every key, in a fixed order.</summary>
    public static string Print(HyperParameters values) => JsonSerializer.Serialize(values, Json);

    /// <summary>The keys that a file may hold.</summary>
    public static IEnumerable<string> Keys() => JsonDocument.Parse(Print(new HyperParameters())).RootElement.EnumerateObject().Select(property => property.Name);

    private static string Reason(JsonException exception)
    {
        var text = exception.Message;
        if (text.Contains("could not be mapped", StringComparison.Ordinal))
        {
            var name = text.Split('\'').ElementAtOrDefault(1) ?? "?";
            return $"there is no key \"{name}\".";
        }

        if (text.Contains("does not contain any JSON tokens", StringComparison.Ordinal))
        {
            return "the file is empty; {} stands for the release's values.";
        }

        const string Conversion = "could not be converted to ";
        var type = text.IndexOf(Conversion, StringComparison.Ordinal);
        if (type >= 0)
        {
            var name = exception.Path is { Length: > 2 } path ? $"\"{path[2..]}\"" : "the file";
            return text[(type + Conversion.Length)..].Split(". ")[0] switch
            {
                "System.Double" => $"{name} must be a number.",
                "System.Int32" => $"{name} must be a whole number.",
                "System.Boolean" => $"{name} must be true or false.",
                _ => $"{name} must be an object of keys and values.",
            };
        }

        // The platform's message ends with the path and place, which stand before it already.
        var end = text.IndexOf(" Path: ", StringComparison.Ordinal);
        return (end < 0 ? text : text[..end]).Replace(" which is not supported in this mode. Change the reader options.", ".", StringComparison.Ordinal);
    }
}
