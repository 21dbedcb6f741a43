using System.Text.Json;
using System.Text.RegularExpressions;

namespace Cawb.Tests;

/// <summary>The part of JSON Schema that our schemas use.</summary>
internal sealed class SchemaMatch(JsonElement root)
{
    public bool Holds(JsonElement value) => Holds(root, value);

    private bool Holds(JsonElement schema, JsonElement value)
    {
        foreach (var rule in schema.EnumerateObject())
        {
            var holds = rule.Name switch
            {
                "$schema" or "title" or "description" or "$defs" or "default" => true,
                "$ref" => Holds(Definition(rule.Value.GetString() ?? ""), value),
                "anyOf" => rule.Value.EnumerateArray().Any(option => Holds(option, value)),
                "oneOf" => rule.Value.EnumerateArray().Count(option => Holds(option, value)) == 1,
                "enum" => value.ValueKind == JsonValueKind.String && rule.Value.EnumerateArray().Any(option => option.GetString() == value.GetString()),
                "const" => value.ValueKind == JsonValueKind.String && rule.Value.GetString() == value.GetString(),
                "type" => HasType(rule.Value.GetString() ?? "", value),
                "minLength" => value.ValueKind != JsonValueKind.String || (value.GetString() ?? "").Length >= rule.Value.GetInt32(),
                "maxLength" => value.ValueKind != JsonValueKind.String || (value.GetString() ?? "").Length <= rule.Value.GetInt32(),
                "pattern" => value.ValueKind != JsonValueKind.String || Regex.IsMatch(value.GetString() ?? "", rule.Value.GetString() ?? ""),
                "minimum" => value.ValueKind != JsonValueKind.Number || value.GetDouble() >= rule.Value.GetDouble(),
                "maximum" => value.ValueKind != JsonValueKind.Number || value.GetDouble() <= rule.Value.GetDouble(),
                "exclusiveMinimum" => value.ValueKind != JsonValueKind.Number || value.GetDouble() > rule.Value.GetDouble(),
                "multipleOf" => value.ValueKind != JsonValueKind.Number || value.GetDouble() % rule.Value.GetDouble() == 0,
                "items" => value.ValueKind != JsonValueKind.Array || value.EnumerateArray().All(item => Holds(rule.Value, item)),
                "minItems" => value.ValueKind != JsonValueKind.Array || value.GetArrayLength() >= rule.Value.GetInt32(),
                "uniqueItems" => value.ValueKind != JsonValueKind.Array || !rule.Value.GetBoolean() || value.EnumerateArray().Select(item => item.GetRawText()).Distinct().Count() == value.GetArrayLength(),
                "required" => value.ValueKind != JsonValueKind.Object || rule.Value.EnumerateArray().All(name => value.TryGetProperty(name.GetString() ?? "", out _)),
                "properties" => value.ValueKind != JsonValueKind.Object || rule.Value.EnumerateObject().All(property => !value.TryGetProperty(property.Name, out var inner) || Holds(property.Value, inner)),
                "additionalProperties" => value.ValueKind != JsonValueKind.Object || value.EnumerateObject().All(property => schema.GetProperty("properties").TryGetProperty(property.Name, out _)),
                var other => throw new InvalidOperationException($"The schema has a rule that the test does not know: {other}."),
            };
            if (!holds)
            {
                return false;
            }
        }

        return true;
    }

    private JsonElement Definition(string reference) => root.GetProperty("$defs").GetProperty(reference["#/$defs/".Length..]);

    private static bool HasType(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        "integer" => value.ValueKind == JsonValueKind.Number && value.GetDouble() == Math.Floor(value.GetDouble()),
        _ => value.ValueKind == JsonValueKind.Number,
    };
}
