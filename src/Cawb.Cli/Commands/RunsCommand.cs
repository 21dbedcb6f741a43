using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Cawb.Cli.Comparison;
using Cawb.Reports.Tables;
using Cawb.Training;
using Cawb.Training.Comparison;
using Cawb.Training.Runs;

namespace Cawb.Cli.Commands;

/// <summary><c>cawb runs</c>: where runs and comparisons stand, from their folders alone.</summary>
internal static class RunsCommand
{
    private static readonly Argument<string> Folder = new("FOLDER")
    {
        Description = "A run, a comparison, or a folder of them. [default: runs]",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON." };

    public static Command Create()
    {
        var command = new Command(
            "runs",
            """
            Shows where runs and comparisons stand: done, running, interrupted, failed or waiting. It looks at the folders alone, opens no data and disturbs nobody, wherever the runs are trained.

            Examples:
              cawb runs
              cawb runs runs/digits-article --json
            """)
        {
            Folder,
        };
        command.Options.Add(Json);
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult result)
    {
        var folder = result.GetValue(Folder) ?? "runs";
        if (!Directory.Exists(folder))
        {
            throw new InputException($"{folder}: there is no such folder. Name a run, a comparison, or a folder of them.");
        }

        Entry[] entries = [.. EntriesOf(folder)];
        if (result.GetValue(Json))
        {
            Output.WriteJson(result.InvocationConfiguration.Output, new JsonArray([.. entries.Select(ToJson)]));
        }
        else
        {
            Print(entries, result.InvocationConfiguration.Output);
        }

        return ExitCode.Done;
    }

    private static IEnumerable<Entry> EntriesOf(string folder)
    {
        string[] folders = IsOne(folder) ? [folder] : [.. Directory.EnumerateDirectories(folder).SelectMany(one => IsOne(one) ? [one] : Directory.EnumerateDirectories(one).Where(IsOne)).Order(StringComparer.Ordinal)];
        return folders.SelectMany(one => ComparisonOverview.IsComparison(one)
            ? ComparisonOverview.Read(one).Runs.Select(run => new Entry(one, run.Run.Arm.Name, run.Run.Seed, run.Run.Directory, run.State))
            : [new Entry("", "", null, one, RunState.Of(one))]);
    }

    private static bool IsOne(string folder) => ComparisonOverview.IsComparison(folder) || RunState.IsRun(folder);

    private static void Print(Entry[] entries, TextWriter output)
    {
        if (entries.Length == 0)
        {
            output.WriteLine("There are no runs here.");
            return;
        }

        foreach (var group in entries.GroupBy(entry => entry.Comparison))
        {
            if (group.Key.Length > 0)
            {
                var counts = group.GroupBy(entry => entry.State.Stage).OrderByDescending(stage => stage.Key == RunStage.Finished).ThenBy(stage => stage.Key);
                output.WriteLine($"{group.Key}: {string.Join(", ", counts.Select(stage => string.Create(CultureInfo.InvariantCulture, $"{stage.Count()} {RunStateText.Word(stage.Key)}")))} of {group.Count()}");
            }

            Output.WriteWords(output, ["run", "state", "epoch", "AP", ""], group.Select(Row));
            output.WriteLine();
        }
    }

    private static string[] Row(Entry entry) =>
    [
        entry.Seed is { } seed ? string.Create(CultureInfo.InvariantCulture, $"{entry.Arm}, seed {seed}") : entry.Directory,
        RunStateText.Word(entry.State.Stage),
        entry.State.Epochs > 0 ? string.Create(CultureInfo.InvariantCulture, $"{entry.State.Epoch} of {entry.State.Epochs}") : "",
        double.IsNaN(entry.State.AveragePrecision) ? "" : ReportText.AveragePrecision(entry.State.AveragePrecision),
        entry.State.Problem,
    ];

    private static JsonObject ToJson(Entry entry)
    {
        var json = new JsonObject { ["directory"] = entry.Directory };
        if (entry.Seed is { } seed)
        {
            (json["comparison"], json["arm"], json["seed"]) = (entry.Comparison, entry.Arm, seed);
        }

        (json["state"], json["epoch"], json["epochs"]) = (RunStateText.Word(entry.State.Stage), entry.State.Epoch, entry.State.Epochs);
        json["ap"] = double.IsNaN(entry.State.AveragePrecision) ? null : entry.State.AveragePrecision;
        if (entry.State.Problem.Length > 0)
        {
            json["problem"] = entry.State.Problem;
        }

        return json;
    }

    private sealed record Entry(string Comparison, string Arm, int? Seed, string Directory, RunState State);
}
