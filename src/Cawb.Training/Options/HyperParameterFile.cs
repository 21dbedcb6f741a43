using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Cawb.Reports.Files;
using Cawb.Training.Json;

namespace Cawb.Training.Options;

/// <summary>Reads and prints hyper-parameters as JSON.</summary>
public static class HyperParameterFile
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerOptions.Strict) { WriteIndented = true, NewLine = "\n" };

    private static readonly Dictionary<string, Type> Types = typeof(HyperParameters).GetProperties()
        .Select(property => (property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name, property.PropertyType))
        .Where(property => property.Name is not null)
        .ToDictionary(property => property.Name!, property => property.PropertyType, StringComparer.Ordinal);

    /// <summary>The keys that a file may hold.</summary>
    public static IReadOnlyCollection<string> Keys => Types.Keys;

    /// <summary>Reads a file; keys that are left out keep the release's values.</summary>
    /// <exception cref="FileException">The file cannot be read, is no JSON, has unknown keys or values that cannot be; all of them are said at once.</exception>
    public static HyperParameters Read(string path)
    {
        var problems = new List<string>();
        var read = Read(PlacedJson.Read(path), (place, problem) => problems.Add(place.Complaint(problem).Problem));
        return problems.Count == 0 ? read : throw new FileException(path, string.Join(" ", problems));
    }

    /// <summary>The canonical text: every key, in a fixed order.</summary>
    public static string Print(HyperParameters values) => JsonSerializer.Serialize(values, Json);

    /// <summary>An object of those that differ from the usual ones.</summary>
    internal static JsonElement Changed(HyperParameters values)
    {
        var usual = JsonSerializer.SerializeToElement(new HyperParameters(), Json);
        return JsonSerializer.SerializeToElement(JsonSerializer.SerializeToElement(values, Json).EnumerateObject()
            .Where(value => value.Value.GetRawText() != usual.GetProperty(value.Name).GetRawText()).ToDictionary(value => value.Name, value => value.Value));
    }

    /// <summary>JSON Schema (draft 2020-12) of an object of them.</summary>
    internal static JsonObject Schema()
    {
        var usual = JsonSerializer.SerializeToNode(new HyperParameters(), Json);
        return new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject(Types.Select(type => KeyValuePair.Create(type.Key, (JsonNode?)new JsonObject
            {
                ["type"] = type.Value == typeof(bool) ? "boolean" : type.Value == typeof(int) ? "integer" : "number",
                ["default"] = usual?[type.Key]?.DeepClone(),
            }))),
            ["additionalProperties"] = false,
        };
    }

    /// <summary>Reads an object of them.</summary>
    /// <param name="node">The object.</param>
    /// <param name="complain">Is told of everything that cannot be, where it stands and why.</param>
    internal static HyperParameters Read(PlacedJson node, Action<PlacedJson, string> complain)
    {
        var count = 0;
        void Complain(PlacedJson place, string problem)
        {
            count++;
            complain(place, problem);
        }

        if (node.Kind != JsonTokenType.StartObject)
        {
            Complain(node, $"hyper-parameters must be an object in braces; got {node.Describe()}. {{}} stands for the release's values.");
        }

        foreach (var (key, value) in node.Members)
        {
            if (!Types.TryGetValue(key, out var type))
            {
                Complain(value, $"there is no hyper-parameter \"{key}\".{NearestName.Suggestion(key, Keys)} They are: {string.Join(", ", Keys)}.");
            }
            else if (Expected(type, value) is { } expected)
            {
                Complain(value, $"\"{key}\" must be {expected}; got {value.Describe()}.");
            }
        }

        if (count > 0)
        {
            return new HyperParameters();
        }

        var read = JsonSerializer.Deserialize<HyperParameters>(node.RawText, Json) ?? new HyperParameters();
        foreach (var problem in read.Problems())
        {
            var key = problem.Split('"')[1];
            complain(node.Members.FirstOrDefault(member => member.Key == key).Value ?? node, problem);
        }

        return read;
    }

    private static string? Expected(Type type, PlacedJson value) =>
        type == typeof(bool) ? value.Kind is JsonTokenType.True or JsonTokenType.False ? null : "true or false"
        : value.Kind != JsonTokenType.Number ? type == typeof(int) ? "a whole number" : "a number"
        : type == typeof(int) && !int.TryParse(value.RawText, System.Globalization.CultureInfo.InvariantCulture, out _) ? "a whole number"
        : type == typeof(double) && !double.IsFinite(double.Parse(value.RawText, System.Globalization.CultureInfo.InvariantCulture)) ? "a finite number"
        : null;
}
