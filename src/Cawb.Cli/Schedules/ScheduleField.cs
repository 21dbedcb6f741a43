using System.Globalization;
using System.Text.Json;

namespace Cawb.Cli.Schedules;

/// <summary>A parameter of a type of schedule.</summary>
/// <param name="Name">The JSON's key.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Takes">What it takes and in which range, for people.</param>
/// <param name="Default">As JSON; empty where it must be given.</param>
/// <param name="IsList">Whether it takes several values.</param>
/// <param name="IsLength">Whether it is a time, in epochs.</param>
internal sealed record ScheduleField(string Name, string Summary, string Takes, string Default, bool IsList, bool IsLength)
{
    private const string Epochs = "epochs";

    public bool IsRequired => Default.Length == 0;

    /// <summary>Reads one property of the JSON Schema.</summary>
    public static ScheduleField Of(string name, JsonElement schema, bool isRequired)
    {
        var isList = schema.TryGetProperty("type", out var type) && type.GetString() == "array";
        var item = isList ? schema.GetProperty("items") : schema;
        var fallback = schema.TryGetProperty("default", out var value) ? (value.ValueKind == JsonValueKind.Number && value.GetDouble() == int.MaxValue ? "for ever" : value.GetRawText()) : isRequired ? "" : "none";
        return new(name, schema.GetProperty("description").GetString() ?? "", $"{(isList ? "list of " : "")}{Describe(item)}", fallback, isList, Reference(item) == Epochs);
    }

    private static string Describe(JsonElement schema)
    {
        if (schema.TryGetProperty("enum", out var words))
        {
            return string.Join(" | ", words.EnumerateArray().Select(word => word.GetString()));
        }

        var kind = Reference(schema) switch
        {
            "level" => "factor of the base, or {\"absolute\": value}",
            "annealing" => "formula of x and y, or an annealing as JSON",
            "schedule" => "schedule as JSON",
            Epochs => "epochs",
            _ => schema.TryGetProperty("type", out var type) ? type.GetString() switch { "integer" => "whole number", "boolean" => "true | false", var other => other ?? "value" } : "value",
        };
        return $"{kind}{Range(schema)}";
    }

    private static string Range(JsonElement schema)
    {
        string? above = Bound(schema, "exclusiveMinimum"), from = Bound(schema, "minimum"), below = Bound(schema, "exclusiveMaximum"), to = Bound(schema, "maximum");
        return (above ?? from, below ?? to) switch
        {
            (null, null) => "",
            (not null, null) => above is not null ? $" above {above}" : $", {from} or more",
            ({ } low, { } high) => $", {low} to {high}",
            (null, { } high) => $" up to {high}",
        };
    }

    private static string? Bound(JsonElement schema, string name) => schema.TryGetProperty(name, out var bound) ? bound.GetDouble().ToString(CultureInfo.InvariantCulture) : null;

    private static string Reference(JsonElement schema) => schema.TryGetProperty("$ref", out var reference) ? reference.GetString()?.Split('/')[^1] ?? "" : "";
}
