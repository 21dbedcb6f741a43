using System.Globalization;

namespace Cawb.Training.Comparison.Reports;

/// <summary>Which versions of the program a comparison's runs are of.</summary>
public static class RunVersions
{
    /// <summary>A few sentences for a report; empty where all runs are of one version, wherever they were made and whether their weights are here.</summary>
    /// <param name="results">Of a comparison.</param>
    public static string Mixed(ComparisonResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var groups = Groups(results, results.Runs);
        return groups.Length < 2 ? "" : $"Not all runs are of one version: {List(groups)}. Where a pair's runs are of different versions, part of its difference may be due to them.";
    }

    /// <summary>A few sentences for who goes on: which runs are numbers that were taken over, and from which version; empty where every run has its weights here.</summary>
    /// <param name="results">Of a comparison.</param>
    public static string TakenOver(ComparisonResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var taken = results.Runs.Where(run => run.IsNumbersOnly).ToArray();
        if (taken.Length == 0)
        {
            return "";
        }

        var groups = Groups(results, taken);
        var now = Shown(results.Setup.Versions);
        var mixed = !results.IsComplete || Groups(results, results.Runs).Length > 1;
        var differing = mixed && groups.Any(group => group.Key != now) ? $" This is {now}: where a pair's runs are of different versions, part of its difference may be due to them." : "";
        return string.Create(CultureInfo.InvariantCulture, $"{taken.Length} of {Counted.Of(results.Runs.Count, "run")} {(taken.Length == 1 ? "was" : "were")} taken over as numbers without weights{(groups.Length == 1 && taken.Length == results.Runs.Count ? $", all from {groups[0].Key}" : $": {List(groups)}")}.{differing}");
    }

    /// <summary>The version of a part as comparisons hold it against others: without what names the build.</summary>
    internal static string Bare(string version) => version.Split('+')[0];

    private static IGrouping<string, FinishedRun>[] Groups(ComparisonResults results, IEnumerable<FinishedRun> runs) =>
    [
        .. runs.GroupBy(run => Shown(results.Setup.Versions.Keys.Select(part => KeyValuePair.Create(part, Bare(run.Definition.Versions.GetValueOrDefault(part, "of unknown version"))))))
            .OrderBy(group => group.Key, StringComparer.Ordinal),
    ];

    private static string List(IEnumerable<IGrouping<string, FinishedRun>> groups) =>
        string.Join("; ", groups.Select(group => $"{string.Join(", ", group.GroupBy(run => run.ArmName).Select(arm => $"{arm.Key} ({Seeds(arm)})"))} from {group.Key}"));

    private static string Seeds(IEnumerable<FinishedRun> runs)
    {
        var seeds = runs.Select(run => run.Seed).Order().ToArray();
        var inOneRow = seeds.Length > 2 && seeds[^1] - seeds[0] == seeds.Length - 1;
        return $"seed{(seeds.Length == 1 ? "" : "s")} {(inOneRow ? $"{seeds[0]} to {seeds[^1]}" : string.Join(", ", seeds))}";
    }

    private static string Shown(IEnumerable<KeyValuePair<string, string>> versions) =>
        string.Join(" with ", versions.OrderBy(version => version.Key, StringComparer.Ordinal).Select(version => $"{version.Key} {version.Value}"));
}
