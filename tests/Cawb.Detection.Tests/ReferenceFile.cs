using System.Text.Json;
using Cawb.Tests.Reference;

namespace Cawb.Detection.Tests;

/// <summary>The golden files of one kind, each opened whole.</summary>
internal static class ReferenceFile
{
    /// <summary>Every file of the folder whose name fits; at least one.</summary>
    public static IReadOnlyList<JsonElement> All(string pattern)
    {
        var folder = ReferenceFolder.Of("yolov5");
        var files = Directory.GetFiles(folder, pattern).Order(StringComparer.Ordinal).ToArray();
        Assert.True(files.Length > 0, $"No file {pattern} in {folder}.");
        return [.. files.Select(file => JsonDocument.Parse(File.ReadAllBytes(file)).RootElement)];
    }

    public static double[] Numbers(this JsonElement element) =>
        [.. element.EnumerateArray().Select(value => value.ValueKind == JsonValueKind.Null ? double.NaN : value.GetDouble())];

    public static long[] Integers(this JsonElement element) => [.. element.EnumerateArray().Select(value => value.GetInt64())];

    public static double Number(this JsonElement element, string name) => element.GetProperty(name).GetDouble();

    public static int Integer(this JsonElement element, string name) => element.GetProperty(name).GetInt32();

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";

    public static JsonElement.ArrayEnumerator Items(this JsonElement element, string name) => element.GetProperty(name).EnumerateArray();
}
