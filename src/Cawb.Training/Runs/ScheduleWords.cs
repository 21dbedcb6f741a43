using System.Globalization;
using System.Text.Json;

namespace Cawb.Training.Runs;

/// <summary>A schedule in a few words, for columns of tables.</summary>
public static class ScheduleWords
{
    private const int MostBoots = 4;

    /// <summary>Such as <c>cosine</c>, <c>warm-up 3, cosine</c> or <c>cawb, boots 30 80</c>; what stands in the text form and is not named is left out.</summary>
    /// <param name="json">Text form of a schedule.</param>
    public static string Of(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Of(document.RootElement);
    }

    private static string Of(JsonElement schedule)
    {
        var type = schedule.ValueKind == JsonValueKind.Object && schedule.TryGetProperty("type", out var name) ? name.ToString() : "";
        return type switch
        {
            "" => schedule.GetRawText(),
            "warmup" => $"{Warmup(schedule)}{Inner(schedule)}",
            "holdPerEpoch" => Inner(schedule),
            "cawb" => $"{Warmup(schedule)}cawb{Boots(schedule)}",
            "yolov5" when schedule.TryGetProperty("curve", out var curve) => $"yolov5 {curve}",
            "yolov5" => "yolov5 linear",
            "product" or "sum" or "sequence" when schedule.TryGetProperty("parts", out var parts) && parts.ValueKind == JsonValueKind.Array => $"{type} of {string.Join(" and ", parts.EnumerateArray().Select(Of))}",
            _ => $"{Warmup(schedule)}{type}",
        };
    }

    private static string Inner(JsonElement schedule) => schedule.TryGetProperty("schedule", out var inner) ? Of(inner) : "";

    private static string Warmup(JsonElement schedule) => schedule.TryGetProperty("warmupEpochs", out var length) && length.ToString() != "0" ? $"warm-up {Epochs(length)}, " : "";

    // Lengths that were scaled to another run have all their digits.
    private static string Epochs(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var epochs) ? epochs.ToString("0.##", CultureInfo.InvariantCulture) : value.ToString();

    private static string Boots(JsonElement schedule)
    {
        if (!schedule.TryGetProperty("bootEpochs", out var boots) || boots.ValueKind != JsonValueKind.Array || boots.GetArrayLength() == 0)
        {
            return "";
        }
        var count = boots.GetArrayLength();
        return count > MostBoots ? $", {Counted.Of(count, "boot")}" : $", boot{(count == 1 ? "" : "s")} {string.Join(' ', boots.EnumerateArray().Select(Epochs))}";
    }
}
