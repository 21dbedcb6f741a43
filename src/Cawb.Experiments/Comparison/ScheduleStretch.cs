using System.Text.Json.Nodes;

namespace Cawb.Experiments.Comparison;

/// <summary>A schedule's text for a run of another length.</summary>
internal static class ScheduleStretch
{
    /// <summary>Every length and moment in epochs times <c>toEpochs / fromEpochs</c>. Whole epochs stay whole, and none becomes 0, where the schedule still fits then.</summary>
    /// <remarks>The text form names nearly all of them alike: <c>epochs</c>, or a name that ends in <c>Epochs</c>; <c>restarts</c> is the one other.</remarks>
    /// <exception cref="ScheduleTextException">The schedule cannot be so short.</exception>
    public static string Stretch(Schedule schedule, int fromEpochs, int toEpochs)
    {
        var rounded = Text(schedule, fromEpochs, toEpochs, isRounded: true);
        try
        {
            var end = ScheduleText.Parse(rounded).EndEpochs;
            return double.IsFinite(end) && end > Math.Max(toEpochs, schedule.EndEpochs * toEpochs / fromEpochs) ? Text(schedule, fromEpochs, toEpochs, isRounded: false) : rounded;
        }
        catch (ScheduleTextException)
        {
            // Rounded, two moments fell together or past the end.
            var exact = Text(schedule, fromEpochs, toEpochs, isRounded: false);
            _ = ScheduleText.Parse(exact);
            return exact;
        }
    }

    private static string Text(Schedule schedule, int fromEpochs, int toEpochs, bool isRounded)
    {
        var root = JsonNode.Parse(schedule.CanonicalText) ?? throw new ArgumentException("A schedule is no null.", nameof(schedule));
        Stretch(root, toEpochs / (double)fromEpochs, isRounded);
        return root.ToJsonString();
    }

    private static void Stretch(JsonNode node, double factor, bool isRounded)
    {
        if (node is JsonObject members)
        {
            foreach (var (name, value) in members.ToArray())
            {
                if (value is not null && (name is "epochs" or "restarts" || name.EndsWith("Epochs", StringComparison.Ordinal)))
                {
                    members[name] = Times(value, factor, isRounded);
                }
                else if (value is not null)
                {
                    Stretch(value, factor, isRounded);
                }
            }
        }
        else if (node is JsonArray items)
        {
            foreach (var item in items.OfType<JsonNode>())
            {
                Stretch(item, factor, isRounded);
            }
        }
    }

    private static JsonNode Times(JsonNode value, double factor, bool isRounded)
    {
        if (value is JsonArray list)
        {
            return new JsonArray([.. list.Select(i => i is null ? null : Times(i, factor, isRounded))]);
        }
        if (value.GetValueKind() != System.Text.Json.JsonValueKind.Number)
        {
            return value.DeepClone();
        }
        var epochs = value.GetValue<double>();
        var stretched = epochs * factor;
        return isRounded && epochs == Math.Floor(epochs) ? epochs == 0 ? 0.0 : Math.Max(1, Math.Round(stretched)) : stretched;
    }
}
