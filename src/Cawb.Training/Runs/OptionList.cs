using System.Text.Json;

namespace Cawb.Training.Runs;

/// <summary>Options as a reader sees them, one a row.</summary>
internal static class OptionList
{
    /// <summary>Name and value of every option; those inside others are named with a dot between: <c>hyperParameters.momentum</c>.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(string optionsJson)
    {
        using var options = JsonDocument.Parse(optionsJson);
        return [.. Of(options.RootElement, prefix: "")];
    }

    private static IEnumerable<KeyValuePair<string, string>> Of(JsonElement options, string prefix) => options.EnumerateObject().SelectMany(option =>
        option.Value.ValueKind == JsonValueKind.Object
            ? Of(option.Value, prefix + option.Name + ".")
            : [KeyValuePair.Create(prefix + option.Name, option.Value.ValueKind == JsonValueKind.String ? option.Value.ToString() : option.Value.GetRawText())]);
}
