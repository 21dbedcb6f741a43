using System.Text.Json.Nodes;
using Cawb.Types;

namespace Cawb.Web.Designer.Editing;

/// <summary>A part of a schedule.</summary>
/// <param name="Path">From the whole, such as <c>parts/1/schedule</c>; empty for the whole.</param>
/// <param name="Place">What it is to the part around it: <c>schedule</c>, <c>part 2</c>; empty for the whole.</param>
/// <param name="TypeName">As written.</param>
/// <param name="Type">Null where there is no such type.</param>
/// <param name="Json">The part itself.</param>
/// <param name="Children">The parts inside.</param>
public sealed record TreeNode(string Path, string Place, string TypeName, ScheduleType? Type, JsonObject Json, IReadOnlyList<TreeNode> Children)
{
    /// <summary>Whether it has a list of parts.</summary>
    public bool HasParts => Type?.Fields.Any(one => one.Kind == FieldKind.Schedules) ?? false;

    /// <summary>Whether it is one of a list of parts, so that it can be left out.</summary>
    public bool IsListed => Path.Length > 0 && char.IsAsciiDigit(Path[Path.LastIndexOf('/') + 1]);

    /// <summary>The value of a field as JSON; empty where it has its default.</summary>
    /// <param name="field">Its key.</param>
    public string Value(string field) => Json.TryGetPropertyValue(field, out var value) ? value?.ToJsonString() ?? "null" : "";

    /// <summary>The value of a field; null where it is missing or no number.</summary>
    /// <param name="field">Its key.</param>
    public double? Number(string field) => NumberOf(Json[field]);

    /// <summary>A number of the text; null where it is none.</summary>
    /// <param name="json">Any.</param>
    public static double? NumberOf(JsonNode? json) => json is JsonValue value && value.TryGetValue<double>(out var number) ? number : null;

    /// <summary>It and all parts inside, those above first, with their depth.</summary>
    public IEnumerable<(TreeNode Node, int Depth)> Flat(int depth = 0) => Children.SelectMany(child => child.Flat(depth + 1)).Prepend((this, depth));
}
