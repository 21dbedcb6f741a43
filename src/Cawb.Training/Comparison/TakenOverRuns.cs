using System.Globalization;

namespace Cawb.Training.Comparison;

/// <summary>Says which runs of a comparison are numbers that were taken over, and from which version of the program.</summary>
public static class TakenOverRuns
{
    /// <summary>A few sentences; empty where every run has its weights here.</summary>
    /// <param name="results">Of a comparison.</param>
    public static string Of(ComparisonResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var taken = results.Runs.Where(run => run.IsNumbersOnly).ToArray();
        if (taken.Length == 0)
        {
            return "";
        }

        var groups = taken.GroupBy(run => Versions(results, run)).OrderBy(group => group.Key, StringComparer.Ordinal);
        var list = string.Join("; ", groups.Select(group => $"{string.Join(", ", group.GroupBy(run => run.ArmName).Select(arm => $"{arm.Key} ({Seeds(arm)})"))} from {group.Key}"));
        var differing = groups.Any(group => group.Key != Now(results))
            ? $" This is {Now(results)}: where a pair's runs are of different versions, part of its difference may be due to them."
            : "";
        return string.Create(CultureInfo.InvariantCulture, $"{taken.Length} of {Counted.Of(results.Runs.Count, "run")} {(taken.Length == 1 ? "was" : "were")} taken over as numbers without weights: {list}.{differing}");
    }

    /// <summary>The version of a part as comparisons hold it against others: without what names the build.</summary>
    internal static string Bare(string version) => version.Split('+')[0];

    private static string Seeds(IEnumerable<FinishedRun> runs)
    {
        var seeds = runs.Select(run => run.Seed).Order().ToArray();
        return $"seed{(seeds.Length == 1 ? "" : "s")} {string.Join(", ", seeds)}";
    }

    private static string Versions(ComparisonResults results, FinishedRun run) =>
        Shown(results.Setup.Versions.Keys.Select(part => KeyValuePair.Create(part, Bare(run.Definition.Versions.GetValueOrDefault(part, "of unknown version")))));

    private static string Now(ComparisonResults results) => Shown(results.Setup.Versions);

    private static string Shown(IEnumerable<KeyValuePair<string, string>> versions) =>
        string.Join(" with ", versions.OrderBy(version => version.Key, StringComparer.Ordinal).Select(version => $"{version.Key} {version.Value}"));
}
