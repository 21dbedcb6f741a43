using System.Text.Json;
using Cawb.Tests.Reference;

namespace Cawb.Coco.Tests;

/// <summary>The golden cases: each sub-folder of <c>reference/coco</c> with expected numbers.</summary>
internal static class ReferenceCases
{
    public static IEnumerable<string> Names =>
        Directory.GetDirectories(ReferenceFolder.Of("coco"))
            .Where(folder => File.Exists(Path.Combine(folder, "expected.json")))
            .Select(folder => Path.GetFileName(folder))
            .Order(StringComparer.Ordinal);

    public static JsonElement Expected(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(ReferenceFolder.Of("coco", name, "expected.json")));
        return document.RootElement.Clone();
    }

    /// <summary>Reads the case's files; a case with a script in their place is drawn as the script says.</summary>
    public static (CocoDataset Truth, CocoDetections Found) Load(string name)
    {
        var truth = ReferenceFolder.Of("coco", name, "gt.json");
        return !File.Exists(truth) && File.Exists(ReferenceFolder.Of("coco", name, "generate.py"))
            ? PerformanceCase.Generate()
            : (CocoDataset.Read(truth), CocoDetections.Read(ReferenceFolder.Of("coco", name, "dt.json")));
    }
}
