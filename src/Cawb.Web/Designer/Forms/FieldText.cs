using System.Globalization;
using System.Text.Json;
using Cawb.Types;

namespace Cawb.Web.Designer.Forms;

/// <summary>What people type into fields, and the JSON that it stands for.</summary>
internal static class FieldText
{
    /// <summary>The JSON of what was typed; null where it is nothing that the field takes.</summary>
    /// <param name="kind">Of the field.</param>
    /// <param name="typed">Any.</param>
    public static string? ToJson(FieldKind kind, string typed) => kind switch
    {
        FieldKind.Number or FieldKind.Time => Number(typed),
        FieldKind.Times => Numbers(typed),
        FieldKind.Level => Number(typed) ?? Json(typed, JsonValueKind.Object),
        FieldKind.Levels => Json($"[{typed}]", JsonValueKind.Array),
        FieldKind.Annealing => JsonSerializer.Serialize(typed),
        _ => typed,
    };

    /// <summary>What stands in the field for a JSON.</summary>
    /// <param name="kind">Of the field.</param>
    /// <param name="json">As it stands in the text; empty for nothing.</param>
    public static string OfJson(FieldKind kind, string json)
    {
        if (kind is FieldKind.Times or FieldKind.Levels && json.StartsWith('[') && json.EndsWith(']'))
        {
            return json[1..^1].Replace(",", ", ", StringComparison.Ordinal);
        }

        if (kind == FieldKind.Annealing && json.StartsWith('"'))
        {
            return JsonSerializer.Deserialize<string>(json) ?? "";
        }

        return json;
    }

    /// <summary>What is wrong with what was typed.</summary>
    /// <param name="kind">Of the field.</param>
    public static string Allowed(FieldKind kind) => kind switch
    {
        FieldKind.Times => "Numbers with commas between them, such as 30, 80.",
        FieldKind.Levels => "Factors with commas between them, such as 1, 0.3, or {\"absolute\": 0.001}.",
        FieldKind.Level => "A factor such as 0.1, or {\"absolute\": 0.001}.",
        _ => "A number, such as 0.1.",
    };

    /// <summary>A number as JSON has it; null where it is none.</summary>
    /// <param name="typed">Any.</param>
    public static string? Number(string typed) => double.TryParse(typed.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
        ? number.ToString("R", CultureInfo.InvariantCulture)
        : null;

    private static string? Numbers(string typed)
    {
        string?[] numbers = [.. typed.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Number)];
        return numbers.Contains(null) ? null : $"[{string.Join(',', numbers)}]";
    }

    private static string? Json(string text, JsonValueKind kind)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == kind ? text : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
