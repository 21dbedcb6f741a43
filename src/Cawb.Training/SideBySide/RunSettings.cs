using System.Globalization;
using Cawb.Reports.Tables;
using Cawb.Training.Options;
using Cawb.Training.Runs;

namespace Cawb.Training.SideBySide;

/// <summary>The settings of runs: what they share, and in what they differ.</summary>
public static class RunSettings
{
    private const string Missing = "not recorded";

    // What everybody sets, and what the machine decides.
    private static readonly string[] OfEveryRun = ["data", "epochs", "seed", "threads"];

    /// <summary>Settings that are not the same in all runs: a row a setting, or a row a run where there are more of them; no rows where all are the same.</summary>
    /// <param name="runs">At least one.</param>
    public static TextTable Differing(IReadOnlyList<ListedRun> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var differing = Rows(runs).Where(row => row.Values.Distinct(StringComparer.Ordinal).Count() > 1).ToArray();
        var isOfRuns = differing.Length > 0 && runs.Count > differing.Length;
        var table = new TextTable(isOfRuns ? ["<run", .. differing.Select(row => "<" + row.Setting)] : ["<setting", .. runs.Select(run => "<" + run.Name)]);
        foreach (var row in isOfRuns ? runs.Select((run, i) => (string[])[run.Name, .. differing.Select(row => row.Values[i])]) : differing.Select(row => (string[])[row.Setting, .. row.Values]))
        {
            table.Add(row);
        }

        return table;
    }

    /// <summary>Settings that all runs share.</summary>
    /// <param name="runs">At least one.</param>
    public static TextTable Shared(IReadOnlyList<ListedRun> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var table = new TextTable("<setting", "<value");
        foreach (var (setting, values) in Rows(runs).Where(row => row.Values.Distinct(StringComparer.Ordinal).Count() == 1))
        {
            table.Add(setting, values[0]);
        }

        return table;
    }

    /// <summary>The settings of a run that are not as they are where nobody says, each with what it is then; its data, seed and length are not among them.</summary>
    /// <param name="definition">Of the run.</param>
    public static TextTable Changed(RunDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var usual = OptionList.Of(new TrainOptions { Data = "" }.ToJson()).ToDictionary(StringComparer.Ordinal);
        var table = new TextTable("<setting", "<value", "<usual value");
        foreach (var (name, value) in OptionList.Of(definition.OptionsJson).Where(option => !OfEveryRun.Contains(option.Key) && usual.GetValueOrDefault(option.Key) != option.Value))
        {
            table.Add(name, value, usual.GetValueOrDefault(name, "not an option of this version"));
        }

        return table;
    }

    /// <summary>The schedule of a run on one line.</summary>
    /// <param name="definition">Of the run.</param>
    public static string ScheduleOf(RunDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return OneLine(definition.ScheduleJson);
    }

    /// <summary>All settings of a run.</summary>
    /// <param name="definition">Of the run.</param>
    public static TextTable All(RunDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var table = new TextTable("<setting", "<value");
        foreach (var (name, value) in OptionList.Of(definition.OptionsJson))
        {
            table.Add(name, value);
        }

        return table;
    }

    private static IEnumerable<(string Setting, string[] Values)> Rows(IReadOnlyList<ListedRun> runs)
    {
        var each = runs.Select(run => Of(run.Record.Definition).ToDictionary(StringComparer.Ordinal)).ToArray();
        return each.SelectMany(settings => settings.Keys).Distinct(StringComparer.Ordinal)
            .Select(setting => (setting, each.Select(settings => settings.GetValueOrDefault(setting, Missing)).ToArray()));
    }

    private static IEnumerable<KeyValuePair<string, string>> Of(RunDefinition definition) =>
    [
        KeyValuePair.Create("schedule", OneLine(definition.ScheduleJson)),
        KeyValuePair.Create("seed", definition.Seed.ToString(CultureInfo.InvariantCulture)),
        .. OptionList.Of(definition.OptionsJson).Where(option => option.Key != "seed"),
        KeyValuePair.Create("SHA-256 of the data set", definition.DatasetSha256),
        .. definition.Versions.Select(version => KeyValuePair.Create($"version of {version.Key}", version.Value)),
    ];

    private static string OneLine(string json) => System.Text.Json.Nodes.JsonNode.Parse(json)?.ToJsonString() ?? "";
}
