using System.Text.Json;
using Cawb.Tests.Reference;

namespace Cawb.Detection.Tests.Data;

/// <summary>The golden files of one schema, by their content, wherever they lie in the folder.</summary>
internal static class GoldenFile
{
    internal static IReadOnlyList<JsonElement> All(string schema)
    {
        var roots = Directory.EnumerateFiles(ReferenceFolder.Of("yolov5"), "*.json", SearchOption.AllDirectories)
            .Where(path => Path.GetFileName(path).StartsWith(schema, StringComparison.Ordinal))
            .Select(path => JsonSerializer.Deserialize<JsonElement>(File.ReadAllBytes(path)))
            .Where(root => root.GetProperty("schema").GetString() == schema)
            .ToArray();
        Assert.NotEmpty(roots);
        return roots;
    }

    internal static IEnumerable<JsonElement> Cases(string schema, string list)
    {
        var cases = All(schema).SelectMany(root => root.GetProperty(list).EnumerateArray()).ToArray();
        Assert.NotEmpty(cases);
        return cases;
    }

    internal static int Int(this JsonElement element, string name) => element.GetProperty(name).GetInt32();

    internal static double Double(this JsonElement element, string name) => element.GetProperty(name).GetDouble();

    internal static IReadOnlyList<int> Ints(this JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().Select(item => item.GetInt32())];

    internal static double[] Doubles(this JsonElement element) => [.. element.EnumerateArray().Select(item => item.GetDouble())];
}
