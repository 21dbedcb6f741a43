using System.Text.Json.Nodes;

namespace Cawb.Experiments.Comparison;

/// <summary>A schedule's text for a run of another length.</summary>
internal static class ScheduleStretch
{
    /// <summary>Every length and moment in epochs times <paramref name="factor"/>; whole epochs stay whole, and none becomes 0.</summary>
    /// <remarks>The text form names nearly all of them alike: <c>epochs</c>, or a name that ends in <c>Epochs</c>; <c>restarts</c> is the one other.</remarks>
    public static string Stretch(string scheduleJson, double factor)
    {
        var root = JsonNode.Parse(scheduleJson) ?? throw new ArgumentException("A schedule is no null.", nameof(scheduleJson));
        Stretch(root, factor);
        return root.ToJsonString();
    }

    private static void Stretch(JsonNode node, double factor)
    {
        if (node is JsonObject members)
        {
            foreach (var (name, value) in members.ToArray())
            {
                if (value is not null && (name is "epochs" or "restarts" || name.EndsWith("Epochs", StringComparison.Ordinal)))
                {
                    members[name] = Times(value, factor);
                }
                else if (value is not null)
                {
                    Stretch(value, factor);
                }
            }
        }
        else if (node is JsonArray items)
        {
            foreach (var item in items.OfType<JsonNode>())
            {
                Stretch(item, factor);
            }
        }
    }

    private static JsonNode Times(JsonNode value, double factor)
    {
        if (value is JsonArray list)
        {
            return new JsonArray([.. list.Select(i => i is null ? null : Times(i, factor))]);
        }
        if (value.GetValueKind() != System.Text.Json.JsonValueKind.Number)
        {
            return value.DeepClone();
        }
        var epochs = value.GetValue<double>();
        var stretched = epochs * factor;
        return epochs == Math.Floor(epochs) ? epochs == 0 ? 0.0 : Math.Max(1, Math.Round(stretched)) : stretched;
    }
}
