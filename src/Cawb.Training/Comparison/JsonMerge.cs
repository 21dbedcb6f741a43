using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cawb.Training.Comparison;

/// <summary>Objects of options laid over each other.</summary>
internal static class JsonMerge
{
    private static readonly JsonSerializerOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One line, keys in the order of their letters.</summary>
    /// <exception cref="ArgumentException">The text is no JSON object.</exception>
    public static string Canonical(string json) => Sorted(Parse(json)).ToJsonString(OneLine);

    /// <summary>The first object with the members of the second in place of its own; objects inside are laid over each other alike.</summary>
    public static string Over(string below, string above) => Sorted(Over(Parse(below), Parse(above))).ToJsonString(OneLine);

    private static JsonObject Over(JsonObject below, JsonObject above)
    {
        foreach (var (name, value) in above)
        {
            below[name] = value is JsonObject inner && below[name] is JsonObject own ? Over((JsonObject)own.DeepClone(), inner) : value?.DeepClone();
        }
        return below;
    }

    private static JsonObject Parse(string json)
    {
        try
        {
            return JsonNode.Parse(json) as JsonObject ?? throw new ArgumentException("Must be a JSON object.", nameof(json));
        }
        catch (JsonException fault)
        {
            throw new ArgumentException($"Must be a JSON object: {fault.Message}", nameof(json), fault);
        }
    }

    private static JsonObject Sorted(JsonObject options) => new(options.OrderBy(o => o.Key, StringComparer.Ordinal).Select(o => KeyValuePair.Create(o.Key, o.Value?.DeepClone())));
}
