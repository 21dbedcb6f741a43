using System.Text.Json;
using Cawb.Tests.Reference;

namespace Cawb.Tests;

/// <summary>The cases of the reference files about CAWB.</summary>
internal static class GoldenCases
{
    public static IReadOnlyList<JsonElement> Of(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(ReferenceFolder.Of("schedules", file)));
        var cases = document.RootElement.GetProperty("cases").EnumerateArray().Select(found => found.Clone()).ToList();
        Assert.NotEmpty(cases);
        return cases;
    }

    public static string Id(JsonElement found) => found.GetProperty("id").GetString() ?? "";

    public static double Number(JsonElement owner, string name, double fallback) =>
        owner.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.GetDouble() : fallback;

    public static double[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(item => item.GetDouble())];

    public static double[] Numbers(JsonElement owner, string name) => owner.TryGetProperty(name, out var list) ? Numbers(list) : [];

    /// <summary>The annealing of a case: the formula of its <c>lf</c>, or the built-in one with its floor.</summary>
    public static Annealing Annealing(JsonElement parameters)
    {
        if (!parameters.TryGetProperty("lf", out var lf) || lf.ValueKind == JsonValueKind.Null)
            return Cawb.Annealing.CosineTo(Number(parameters, "eta_min", 0.05));
        return lf.GetProperty("kind").GetString() switch
        {
            "cosine" => Cawb.Annealing.Cosine(Number(lf, "power", 1), Number(lf, "scale", 1), Number(lf, "offset", 0)),
            "linear" => Cawb.Annealing.Linear(Number(lf, "scale", 1), Number(lf, "offset", 0)),
            "exponential" => Cawb.Annealing.Exponential(Number(lf, "base", 1), Number(lf, "scale", 1), Number(lf, "offset", 0)),
            "one_cycle" => Cawb.Annealing.Cosine(1, Number(lf, "y1", 0) - Number(lf, "y2", 0), Number(lf, "y2", 0)),
            var other => throw new InvalidOperationException($"The reference file has an annealing that the test does not know: {other}."),
        };
    }
}
