using System.Text.Json;

namespace Cawb.Foreign;

/// <summary>The parameters of a foreign function under their original names, with their defaults, as Python would print them.</summary>
internal sealed class Signature
{
    private readonly Dictionary<string, JsonElement> defaults = new(StringComparer.Ordinal);
    private readonly List<string> names = [];

    /// <param name="text">Such as <c>T_max, eta_min=0.0, last_epoch=-1</c>; defaults are JSON without blanks.</param>
    public Signature(string text)
    {
        foreach (var parameter in text.Split(", ", StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = parameter.IndexOf('=', StringComparison.Ordinal) is var equals and >= 0
                ? (parameter[..equals], parameter[(equals + 1)..])
                : (parameter, "");
            names.Add(name);
            if (value.Length > 0)
                defaults[name] = Json(value);
        }
    }

    public IReadOnlyList<string> Names => names;

    public bool TryDefault(string name, out JsonElement value) => defaults.TryGetValue(name, out value);

    private static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
