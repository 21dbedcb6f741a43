using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Cawb.Reports.Files;
using Cawb.Training.Json;

namespace Cawb.Training.Options;

/// <summary>Reads hyper-parameters from JSON and from YOLOv5's YAML, and prints them as JSON.</summary>
public static class HyperParameterFile
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerOptions.Strict) { WriteIndented = true, NewLine = "\n" };

    private static readonly Dictionary<string, Type> Types = typeof(HyperParameters).GetProperties()
        .Select(property => (property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name, property.PropertyType))
        .Where(property => property.Name is not null)
        .ToDictionary(property => property.Name!, property => property.PropertyType, StringComparer.Ordinal);

    /// <summary>The keys that a file may hold.</summary>
    public static IReadOnlyCollection<string> Keys => Types.Keys;

    /// <summary>Reads a file, as YAML where its name ends in .yaml or .yml, else as JSON; keys that are left out keep YOLOv5's values.</summary>
    /// <param name="path">The file.</param>
    /// <param name="note">Is told in a sentence of what YOLOv5's file has and a training here does not.</param>
    /// <exception cref="FileException">The file cannot be read, has unknown keys or values that cannot be; all of them are said at once.</exception>
    public static HyperParameters Read(string path, Action<string> note)
    {
        var problems = new List<string>();
        var read = Path.GetExtension(path).ToUpperInvariant() is ".YAML" or ".YML"
            ? ReadYaml(path, note, problems)
            : Read(PlacedJson.Read(path), (place, problem) => problems.Add(place.Complaint(problem).Problem));
        return problems.Count == 0 ? read : throw new FileException(path, string.Join(" ", problems));
    }

    /// <summary>A set with some values in place of its own.</summary>
    /// <param name="values">The others.</param>
    /// <param name="texts">Of <see cref="Keys"/>, each value as it was typed.</param>
    /// <param name="complain">Is told of every value that cannot be: its key, and what is wrong with it.</param>
    public static HyperParameters With(HyperParameters values, IEnumerable<KeyValuePair<string, string>> texts, Action<string, string> complain)
    {
        var all = JsonSerializer.SerializeToNode(values, Json) as JsonObject ?? [];
        var isWhole = true;
        foreach (var (key, text) in texts)
        {
            if (Typed(Types[key], text) is { } value)
            {
                all[key] = value;
            }
            else
            {
                complain(key, $"needs {Kind(Types[key])}; got '{text}'.");
                isWhole = false;
            }
        }

        var changed = isWhole ? all.Deserialize<HyperParameters>(Json) ?? values : values;
        foreach (var problem in changed.Problems())
        {
            // They begin with the key in quotation marks.
            var parts = problem.Split('"', 3);
            complain(parts[1], parts[2].TrimStart());
        }

        return changed;
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
            Complain(node, $"hyper-parameters must be an object in braces; got {node.Describe()}. {{}} stands for YOLOv5's values.");
        }

        foreach (var (key, value) in node.Members)
        {
            if (!Types.TryGetValue(key, out var type))
            {
                Complain(value, Unknown(key));
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

    private static HyperParameters ReadYaml(string path, Action<string> note, List<string> problems)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        var places = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value, place) in HyperParameterYaml.Read(path))
        {
            if (!places.TryAdd(key, place))
            {
                problems.Add($"{place}: \"{key}\" is given twice. Leave one of them out.");
            }
            else if (ForeignHyperParameters.NoteOf(key, value) is { } left)
            {
                if (left.Length > 0)
                {
                    note($"{path}: {place}: {left}");
                }
            }
            else if (Types.ContainsKey(key))
            {
                known[key] = value;
            }
            else
            {
                problems.Add($"{place}: {Unknown(key)}");
            }
        }

        return With(new HyperParameters(), known, (key, problem) => problems.Add($"{places[key]}: \"{key}\" {problem}"));
    }

    private static string Unknown(string key) => $"there is no hyper-parameter \"{key}\".{NearestName.Suggestion(key, Keys)} They are: {string.Join(", ", Keys)}.";

    private static string Kind(Type type) => type == typeof(bool) ? "true or false" : type == typeof(int) ? "a whole number" : "a number";

    private static JsonValue? Typed(Type type, string text) =>
        type == typeof(bool) ? bool.TryParse(text, out var isSet) ? JsonValue.Create(isSet) : null
        : type == typeof(int) ? int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? JsonValue.Create(whole) : null
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? JsonValue.Create(number) : null;

    private static string? Expected(Type type, PlacedJson value) =>
        type == typeof(bool) ? value.Kind is JsonTokenType.True or JsonTokenType.False ? null : Kind(type)
        : value.Kind != JsonTokenType.Number ? Kind(type)
        : type == typeof(int) && !int.TryParse(value.RawText, CultureInfo.InvariantCulture, out _) ? Kind(type)
        : type == typeof(double) && !double.IsFinite(double.Parse(value.RawText, CultureInfo.InvariantCulture)) ? "a finite number"
        : null;
}
