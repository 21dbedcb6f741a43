using System.Text.Json.Nodes;
using Cawb.Reports.Files;
using Cawb.Training.Comparison.Jobs;
using Cawb.Training.Comparison.Plans;
using Cawb.Training.Json;
using Cawb.Training.Runs;

namespace Cawb.Training.Comparison;

/// <summary>What all runs of a comparison must have in common: <c>comparison.json</c>, written before the first of them. The versions are those of runs that have weights.</summary>
internal static class ComparisonState
{
    public const string FileName = "comparison.json";
    private static readonly string[] Names = ["name", "data", "datasetSha256", "versions"];

    /// <summary>Writes the file, or holds what is against what it says.</summary>
    /// <param name="folder">Of the comparison.</param>
    /// <param name="plan">What is compared.</param>
    /// <param name="setup">As it is now.</param>
    /// <param name="trains">Whether there is anything left to train: a report alone leaves on record what the runs were made with.</param>
    /// <exception cref="FileException">The folder belongs to another comparison, or data or versions changed since.</exception>
    public static void Claim(string folder, ComparisonPlan plan, ExperimentSetup setup, Func<bool> trains)
    {
        var path = Path.Combine(folder, FileName);
        if (AtomicFile.TryCreateText(path, ToJson(plan, setup)) || Compare(path, plan, setup) is not { Part: var part, Before: var before, Now: var now })
        {
            return;
        }
        // Numbers without weights may be of another version: the report says of which.
        if (Directory.EnumerateDirectories(Path.Combine(folder, ComparisonRuns.FolderName)).Any(RunState.HasWeights))
        {
            throw new FileException(folder, $"the first runs of this comparison were made with {part} {before}; now it is {now}, and runs would not compare. Use the version of then, or start a new comparison in another folder.");
        }
        if (trains())
        {
            AtomicFile.WriteText(path, ToJson(plan, setup));
        }
    }

    /// <summary>Holds what is against what the file says, where there is one, but for versions: for those who train nothing.</summary>
    /// <exception cref="FileException">The folder belongs to another comparison, or the data changed since.</exception>
    public static void Check(string folder, ComparisonPlan plan, ExperimentSetup setup)
    {
        var path = Path.Combine(folder, FileName);
        if (File.Exists(path))
        {
            _ = Compare(path, plan, setup);
        }
    }

    /// <summary>What the file says of data and versions; null where there is no file yet.</summary>
    /// <exception cref="FileException">It is damaged.</exception>
    public static (string DatasetSha256, IReadOnlyDictionary<string, string> Versions)? Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return null;
        }
        var root = PlacedJson.Read(path);
        var members = root.Object("A comparison", Names);
        PlacedJson Get(string name) => root.Required(members, "A comparison", name);
        return (Get("datasetSha256").String("'datasetSha256'"), Get("versions").Members.ToDictionary(m => m.Key, m => m.Value.String("A version"), StringComparer.Ordinal));
    }

    // The first version that differs; null where none does.
    private static (string Part, string Before, string Now)? Compare(string path, ComparisonPlan plan, ExperimentSetup setup)
    {
        var root = PlacedJson.Read(path);
        var members = root.Object("A comparison", Names);
        PlacedJson Get(string name) => root.Required(members, "A comparison", name);
        if (Get("name").String("'name'") is var name && name != plan.Name)
        {
            throw new FileException(Path.GetDirectoryName(path) ?? path, $"holds the comparison '{name}', not '{plan.Name}'. Give this one another folder.");
        }
        if (Get("datasetSha256").String("'datasetSha256'") is var hash && hash != setup.DatasetSha256)
        {
            throw new FileException(plan.Data, $"the data set changed since the first runs of this comparison (SHA-256 {hash[..12]}… then, {setup.DatasetSha256[..12]}… now), so its runs would not compare. Restore the data, or start a new comparison in another folder.");
        }
        foreach (var (part, version) in setup.Versions)
        {
            var before = Get("versions").Members.FirstOrDefault(m => m.Key == part).Value?.String("A version") ?? "none";
            if (before != version)
            {
                return (part, before, version);
            }
        }
        return null;
    }

    private static string ToJson(ComparisonPlan plan, ExperimentSetup setup) => JsonText.OfFile(new JsonObject
    {
        ["name"] = plan.Name,
        ["data"] = plan.Data,
        ["datasetSha256"] = setup.DatasetSha256,
        ["versions"] = new JsonObject(setup.Versions.OrderBy(version => version.Key, StringComparer.Ordinal).Select(version => KeyValuePair.Create(version.Key, (JsonNode?)version.Value))),
    });
}
