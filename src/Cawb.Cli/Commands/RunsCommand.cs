using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Cawb.Reports.Tables;
using Cawb.Training;
using Cawb.Training.Comparison;
using Cawb.Training.Runs;
using Cawb.Training.SideBySide;

namespace Cawb.Cli.Commands;

/// <summary><c>cawb runs</c>: where runs and comparisons stand, from their folders alone.</summary>
internal static class RunsCommand
{
    private const string Usual = "runs";

    private static readonly Argument<string?> Folder = new("FOLDER")
    {
        Description = $"A run, a comparison, or a folder of them [default: {Usual}].",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string> Sort = new Option<string>("--sort")
    {
        Description = "What the rows are in the order of: run, state, changed (newest first), ap50, ap or best (highest first).",
        DefaultValueFactory = _ => "run",
    }.AcceptOnlyFromAmong("run", "state", "changed", "ap50", "ap", "best");

    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON." };

    public static Command Create()
    {
        var command = new Command(
            "runs",
            """
            Shows where runs and comparisons stand: done, running, interrupted, failed or waiting. It looks at the folders alone, opens no data and disturbs nobody, wherever the runs are trained.
            AP50 and AP are those of the last finished epoch, best is the highest AP of any epoch. Lay runs over each other with cawb report.

            Examples:
              cawb runs
              cawb runs --sort best
              cawb runs runs/digits-boots --json
            """)
        {
            Folder,
        };
        command.Options.Add(Sort);
        command.Options.Add(Json);
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult result)
    {
        var folder = result.GetValue(Folder) ?? Usual;
        if (!Directory.Exists(folder))
        {
            throw new InputException($"{folder}: there is no such folder. Name a run, a comparison, or a folder of them.");
        }

        Entry[] entries = [.. Sorted(EntriesOf(folder), result.GetRequiredValue(Sort))];
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

    private static IEnumerable<Entry> EntriesOf(string folder) => RunPlace.Under(folder).SelectMany(place => place.IsComparison
        ? ComparisonOverview.Read(place.Path).Runs.Select(run => new Entry(place.Path, run.Run.Arm.Name, run.Run.Seed, run.Run.Directory, run.State))
        : [new Entry("", "", null, place.Path, place.Problem.Length > 0 ? RunState.Unreadable(place.Problem) : RunState.Of(place.Path))]);

    // What has no value comes last; equals stay in the order of their names.
    private static IEnumerable<Entry> Sorted(IEnumerable<Entry> entries, string by) => by switch
    {
        "state" => entries.OrderBy(entry => entry.State.Stage),
        "changed" => entries.OrderByDescending(entry => entry.State.LastChange ?? DateTimeOffset.MinValue),
        "ap50" => entries.OrderByDescending(entry => entry.State.AveragePrecision50),
        "ap" => entries.OrderByDescending(entry => entry.State.AveragePrecision),
        "best" => entries.OrderByDescending(entry => entry.State.BestAveragePrecision),
        _ => entries,
    };

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
                output.WriteLine($"{group.Key}: {string.Join(", ", counts.Select(stage => string.Create(CultureInfo.InvariantCulture, $"{stage.Count()} {RunStateWords.Word(stage.Key)}")))} of {group.Count()}");
            }

            Output.WriteWords(output, ["run", "state", "schedule", "epoch", "AP50", "AP", "best", "last change", ""], group.Select(Row));
            output.WriteLine();
        }
    }

    private static string[] Row(Entry entry) =>
    [
        entry.Seed is { } seed ? string.Create(CultureInfo.InvariantCulture, $"{entry.Arm}, seed {seed}") : entry.Directory,
        RunStateWords.Word(entry.State.Stage),
        entry.State.Schedule,
        entry.State.Epochs > 0 ? string.Create(CultureInfo.InvariantCulture, $"{entry.State.Epoch} of {entry.State.Epochs}") : "",
        Shown(entry.State.AveragePrecision50),
        Shown(entry.State.AveragePrecision),
        entry.State.BestEpoch > 0 ? string.Create(CultureInfo.InvariantCulture, $"{Shown(entry.State.BestAveragePrecision)} (epoch {entry.State.BestEpoch})") : "",
        entry.State.LastChange?.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "",
        entry.State.Problem,
    ];

    private static string Shown(double precision) => double.IsNaN(precision) ? "" : ReportText.AveragePrecision(precision);

    private static JsonNode? Number(double precision) => double.IsNaN(precision) ? null : precision;

    private static JsonObject ToJson(Entry entry)
    {
        var json = new JsonObject { ["directory"] = entry.Directory };
        if (entry.Seed is { } seed)
        {
            (json["comparison"], json["arm"], json["seed"]) = (entry.Comparison, entry.Arm, seed);
        }

        (json["state"], json["epoch"], json["epochs"]) = (RunStateWords.Word(entry.State.Stage), entry.State.Epoch, entry.State.Epochs);
        (json["ap"], json["ap50"], json["bestAp"]) = (Number(entry.State.AveragePrecision), Number(entry.State.AveragePrecision50), Number(entry.State.BestAveragePrecision));
        json["bestEpoch"] = entry.State.BestEpoch > 0 ? entry.State.BestEpoch : null;
        json["schedule"] = entry.State.Schedule.Length > 0 ? entry.State.Schedule : null;
        json["lastChange"] = entry.State.LastChange?.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);
        if (entry.State.Problem.Length > 0)
        {
            json["problem"] = entry.State.Problem;
        }

        return json;
    }

    private sealed record Entry(string Comparison, string Arm, int? Seed, string Directory, RunState State);
}
