namespace Cawb.Web.Designer.Address;

/// <summary>The values of a query, and what is wrong with them.</summary>
internal sealed class QueryValues
{
    private readonly ILookup<string, string> values;

    public QueryValues(string query) => values = query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2)).ToLookup(pair => Unescaped(pair[0]), pair => pair.Length > 1 ? Unescaped(pair[1]) : "", StringComparer.Ordinal);

    /// <summary>By field.</summary>
    public Dictionary<string, string> Problems { get; } = new(StringComparer.Ordinal);

    /// <summary>The name of a value in a query.</summary>
    public static string Word<T>(T value) where T : struct, Enum => value.ToString() is var word ? char.ToLowerInvariant(word[0]) + word[1..] : "";

    /// <summary>The value of a name; null for none.</summary>
    public static T? WordOf<T>(string word) where T : struct, Enum => Enum.GetValues<T>().Where(value => Word(value) == word).Select(value => (T?)value).FirstOrDefault();

    /// <summary>All values of a field, in order.</summary>
    public IReadOnlyList<string> All(string name) => [.. values[name]];

    /// <summary>The first value of a field; the usual one where there is none, or none that can be read.</summary>
    public T Read<T>(string name, T usual, Func<string, T?> read, string allowed) where T : class? => values[name].FirstOrDefault() is not { } text ? usual : read(text) ?? Refused(name, text, usual, allowed);

    /// <inheritdoc cref="Read{T}(string, T, Func{string, T?}, string)"/>
    public T Read<T>(string name, T usual, Func<string, T?> read, string allowed) where T : struct => values[name].FirstOrDefault() is not { } text ? usual : read(text) ?? Refused(name, text, usual, allowed);

    /// <inheritdoc cref="Read{T}(string, T, Func{string, T?}, string)"/>
    public T? Read<T>(string name, T? usual, Func<string, T?> read, string allowed) where T : struct => values[name].FirstOrDefault() is not { } text ? usual : read(text) ?? Refused(name, text, usual, allowed);

    /// <summary>One of a few words.</summary>
    public T ReadWord<T>(string name, T usual) where T : struct, Enum => Read(name, usual, WordOf<T>, $"must be one of {string.Join(", ", Enum.GetValues<T>().Select(Word))}");

    private T Refused<T>(string name, string text, T usual, string allowed)
    {
        Problems[name] = $"{name} in the address {allowed}; got '{Shortened(text)}'. The usual value is taken.";
        return usual;
    }

    private static string Shortened(string text) => new([.. text.Take(40).Select(letter => char.IsControl(letter) || char.IsSurrogate(letter) ? '?' : letter), .. text.Length > 40 ? "..." : ""]);

    private static string Unescaped(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
