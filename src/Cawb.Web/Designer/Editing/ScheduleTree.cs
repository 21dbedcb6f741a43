using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cawb.Types;

namespace Cawb.Web.Designer.Editing;

/// <summary>A schedule's text as a tree of its parts, and the texts that changes of it give. What it gives need not be a schedule: who reads it says what is wrong.</summary>
public sealed class ScheduleTree
{
    private const double ExampleEpochs = 100;

    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly JsonObject root;

    private ScheduleTree(JsonObject root) => this.root = root;

    /// <summary>The whole.</summary>
    public TreeNode Root => NodeOf(root, "", "");

    /// <summary>The tree of a text; null where it is no JSON object, as a library's function is none.</summary>
    /// <param name="text">Any.</param>
    public static ScheduleTree? Of(string text)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false }) is JsonObject root ? new(root) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A new schedule of a type, over a run.</summary>
    /// <param name="type">Of ours.</param>
    /// <param name="runEpochs">Length of the run, above 0.</param>
    public static string NewText(ScheduleType type, double runEpochs)
    {
        ArgumentNullException.ThrowIfNull(type);
        return ScheduleText.Parse(type.Example).Stretched(ExampleEpochs, runEpochs, keepsWholeEpochs: true).CanonicalText;
    }

    /// <summary>The part at a path, or the nearest one above it.</summary>
    /// <param name="path">Such as <c>parts/1/schedule</c>.</param>
    public TreeNode Find(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var node = Root;
        while (node.Path != path && node.Children.FirstOrDefault(child => child.Path == path || path.StartsWith(child.Path + "/", StringComparison.Ordinal)) is { } child)
        {
            node = child;
        }

        return node;
    }

    /// <summary>A text with another value for a field of a part.</summary>
    /// <param name="path">Of the part.</param>
    /// <param name="field">Its key.</param>
    /// <param name="json">The value; empty to leave it to its default.</param>
    public string WithField(string path, string field, string json)
    {
        var copy = Copy();
        var owner = ObjectAt(copy, path);
        if (json.Length == 0)
        {
            owner.Remove(field);
        }
        else
        {
            owner[field] = JsonNode.Parse(json);
        }

        return Text(copy);
    }

    /// <summary>A text with something else in the place of a part.</summary>
    /// <param name="path">Of the part.</param>
    /// <param name="json">What is there then.</param>
    public string With(string path, string json) => path.Length == 0 ? Text(JsonNode.Parse(json)) : Changed(path, _ => JsonNode.Parse(json));

    /// <summary>A text in which a part is of another type; fields of the same name and kind keep their values.</summary>
    /// <param name="path">Of the part.</param>
    /// <param name="type">The new type.</param>
    /// <param name="runEpochs">Length of the run.</param>
    public string WithType(string path, ScheduleType type, double runEpochs)
    {
        ArgumentNullException.ThrowIfNull(type);
        var before = Find(path);
        var fresh = JsonNode.Parse(NewText(type, runEpochs))?.AsObject() ?? [];
        foreach (var field in type.Fields)
        {
            if (before.Type?.Fields.FirstOrDefault(old => old.Name == field.Name) is { } same && same.Kind == field.Kind && before.Json[field.Name] is { } value)
            {
                fresh[field.Name] = value.DeepClone();
            }
        }

        return With(path, Text(fresh));
    }

    /// <summary>A text in which a part is inside a new one.</summary>
    /// <param name="path">Of the part.</param>
    /// <param name="type">Of the new one; it has a schedule or several inside.</param>
    /// <param name="runEpochs">Length of the run.</param>
    public string Wrapped(string path, ScheduleType type, double runEpochs)
    {
        ArgumentNullException.ThrowIfNull(type);
        var around = JsonNode.Parse(NewText(type, runEpochs))?.AsObject() ?? [];
        var inside = type.Fields.First(field => field.Kind is FieldKind.Schedule or FieldKind.Schedules);
        var part = Find(path).Json.DeepClone();
        if (inside.Kind == FieldKind.Schedule)
        {
            around[inside.Name] = part;
        }
        else
        {
            around[inside.Name]?.AsArray().RemoveAt(0);
            around[inside.Name]?.AsArray().Insert(0, part);
        }

        return With(path, Text(around));
    }

    /// <summary>A text in which a part stands in the place of the one around it.</summary>
    /// <param name="path">Of the part, not of the whole.</param>
    public string Unwrapped(string path) => With(ParentOf(path).Path, Text(Find(path).Json));

    /// <summary>A text with one more part in a list of them.</summary>
    /// <param name="path">Of the node whose list it is.</param>
    /// <param name="type">Of the new part.</param>
    /// <param name="runEpochs">Length of the run.</param>
    public string WithPart(string path, ScheduleType type, double runEpochs)
    {
        var copy = Copy();
        var owner = ObjectAt(copy, path);
        var list = ListOf(owner) ?? throw new InvalidOperationException($"There is no list of parts at '{path}'.");
        list.Add(JsonNode.Parse(NewText(type, runEpochs)));
        // A sequence has a boundary between every two parts.
        if (owner["boundaryEpochs"] is JsonArray boundaries && boundaries.Count == list.Count - 2)
        {
            var last = boundaries.Count > 0 && TreeNode.NumberOf(boundaries[^1]) is { } number ? number : 0;
            boundaries.Add(JsonValue.Create(Math.Max(Math.Round((last + runEpochs) / 2), last + 1)));
        }

        return Text(copy);
    }

    /// <summary>A text without a part of a list.</summary>
    /// <param name="path">Of the part.</param>
    public string Without(string path)
    {
        var copy = Copy();
        var owner = ObjectAt(copy, ParentOf(path).Path);
        var index = int.Parse(path.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture);
        var list = ListOf(owner) ?? throw new InvalidOperationException($"'{path}' stands in no list.");
        list.RemoveAt(index);
        if (owner["boundaryEpochs"] is JsonArray { Count: > 0 } boundaries && boundaries.Count == list.Count)
        {
            boundaries.RemoveAt(Math.Max(0, index - 1));
        }

        return Text(copy);
    }

    private static TreeNode NodeOf(JsonObject json, string path, string place)
    {
        var name = json["type"] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
        var type = ScheduleType.Find(name);
        List<TreeNode> children = [];
        foreach (var field in type?.Fields ?? [])
        {
            var inner = path.Length > 0 ? $"{path}/{field.Name}" : field.Name;
            if (field.Kind == FieldKind.Schedule && json[field.Name] is JsonObject only)
            {
                children.Add(NodeOf(only, inner, field.Name));
            }
            else if (field.Kind == FieldKind.Schedules && json[field.Name] is JsonArray list)
            {
                children.AddRange(list.Select((item, i) => (item, i)).Where(item => item.item is JsonObject)
                    .Select(item => NodeOf(item.item?.AsObject() ?? [], $"{inner}/{item.i}", $"part {item.i + 1}")));
            }
        }

        return new TreeNode(path, place, name, type, json, children);
    }

    private static JsonArray? ListOf(JsonObject owner) => owner["parts"] as JsonArray;

    private TreeNode ParentOf(string path)
    {
        var parent = Root;
        while (parent.Children.FirstOrDefault(child => path.StartsWith(child.Path + "/", StringComparison.Ordinal)) is { } next)
        {
            parent = next;
        }

        return parent;
    }

    private JsonObject Copy() => root.DeepClone().AsObject();

    private string Changed(string path, Func<JsonNode?, JsonNode?> change)
    {
        var copy = Copy();
        var steps = path.Split('/');
        JsonNode? owner = copy;
        foreach (var step in steps[..^1])
        {
            owner = Step(owner, step);
        }

        if (owner is JsonArray list)
        {
            var index = int.Parse(steps[^1], System.Globalization.CultureInfo.InvariantCulture);
            list[index] = change(list[index]);
        }
        else if (owner is JsonObject members)
        {
            members[steps[^1]] = change(members[steps[^1]]);
        }

        return Text(copy);
    }

    private static JsonObject ObjectAt(JsonObject copy, string path)
    {
        JsonNode? node = copy;
        foreach (var step in path.Length > 0 ? path.Split('/') : [])
        {
            node = Step(node, step);
        }

        return node as JsonObject ?? throw new InvalidOperationException($"There is no part at '{path}'.");
    }

    private static JsonNode? Step(JsonNode? node, string step) => node switch
    {
        JsonArray list when int.TryParse(step, out var index) && index >= 0 && index < list.Count => list[index],
        JsonObject members => members[step],
        _ => null,
    };

    private static string Text(JsonNode? node) => node?.ToJsonString(Compact) ?? "null";
}
