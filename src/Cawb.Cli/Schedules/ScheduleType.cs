using System.Text.Json;

namespace Cawb.Cli.Schedules;

/// <summary>A type of schedule as the text form knows it: what <c>cawb schedules</c> shows and <c>name:key=value</c> fills in.</summary>
/// <param name="Name">The JSON's <c>type</c>.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Fields">In the order of the text form.</param>
internal sealed record ScheduleType(string Name, string Summary, IReadOnlyList<ScheduleField> Fields)
{
    private const string Prefix = "schedule.";

    /// <summary>Every type, in the order of the JSON Schema.</summary>
    public static IReadOnlyList<ScheduleType> All { get; } = Read();

    /// <summary>The type of that name; null for none.</summary>
    public static ScheduleType? Find(string name) => All.FirstOrDefault(type => type.Name == name);

    private static List<ScheduleType> Read()
    {
        using var schema = JsonDocument.Parse(ScheduleText.JsonSchema);
        return
        [
            .. schema.RootElement.GetProperty("$defs").EnumerateObject().Where(definition => definition.Name.StartsWith(Prefix, StringComparison.Ordinal)).Select(definition => new ScheduleType(
                definition.Name[Prefix.Length..],
                definition.Value.GetProperty("description").GetString() ?? "",
                [.. FieldsOf(definition.Value)])),
        ];
    }

    private static IEnumerable<ScheduleField> FieldsOf(JsonElement definition)
    {
        var required = definition.GetProperty("required").EnumerateArray().Select(name => name.GetString()).ToHashSet();
        return definition.GetProperty("properties").EnumerateObject()
            .Where(property => property.Name is not ("type" or "$schema"))
            .Select(property => ScheduleField.Of(property.Name, property.Value, required.Contains(property.Name)));
    }
}
