using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cawb.Training.Json;

/// <summary>JSON as the files of runs and comparisons have it.</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A file's text: indented, with a line end behind it.</summary>
    public static string OfFile(JsonObject content) => content.ToJsonString(Indented) + "\n";

    /// <summary>A text of JSON, indented.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static string Reformatted(string text) => JsonNode.Parse(text)?.ToJsonString(Indented) ?? "null";

    /// <summary>A list.</summary>
    public static JsonArray List<T>(IEnumerable<T> items, Func<T, JsonNode> node) => new([.. items.Select(item => (JsonNode?)node(item))]);
}
