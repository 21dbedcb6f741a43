using Cawb.Training.Runs;
using Cawb.Web.Folder;

namespace Cawb.Web.Runs;

/// <summary>Which runs somebody wants to see, and in which order.</summary>
/// <param name="Text">Words that name, arm, schedule, state or problem all have; empty for all.</param>
/// <param name="State">The word of a state; empty for all.</param>
/// <param name="Sort">Key of a column; another word stands for the order of the folder.</param>
/// <param name="IsDescending">Whether the largest comes first.</param>
internal sealed record RunsQuery(string Text, string State, string Sort, bool IsDescending)
{
    /// <summary>Columns that can be sorted by: key, head, and whether it is a number, of which one wants the largest first.</summary>
    public static IReadOnlyList<(string Key, string Head, bool IsNumber)> Columns { get; } =
    [
        ("run", "run", false), ("state", "state", false), ("schedule", "schedule", false), ("epoch", "epoch", true), ("ap50", "AP50", true), ("ap", "AP", true), ("best", "best AP", true),
        ("left", "time left", false), ("changed", "last change", true),
    ];

    /// <summary>Those runs in that order. What has no value comes last either way; equals stay in the order of the folder.</summary>
    /// <param name="runs">Of the folder.</param>
    public IReadOnlyList<FolderRun> Of(IEnumerable<FolderRun> runs)
    {
        var words = Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var wanted = runs.Where(run => (State.Length == 0 || PageWords.Word(run.State) == State) && words.All(word => Has(run, word)));
        return Sort switch
        {
            "run" => Sorted(wanted, run => run.LongTitle),
            "state" => Sorted(wanted, run => (int?)PageWords.Rank(run.State)),
            "schedule" => Sorted(wanted, run => run.State.Schedule.Length > 0 ? run.State.Schedule : null),
            "epoch" => Sorted(wanted, run => run.State.Epochs > 0 ? (int?)run.State.Epoch : null),
            "ap50" => Sorted(wanted, run => Known(run.State.AveragePrecision50)),
            "ap" => Sorted(wanted, run => Known(run.State.AveragePrecision)),
            "best" => Sorted(wanted, run => Known(run.State.BestAveragePrecision)),
            "left" => Sorted(wanted, run => run.State is { Stage: RunStage.Running, LastChange: { } last } && run.State.EpochTime > TimeSpan.Zero
                ? (DateTimeOffset?)(last + (run.State.EpochTime * (run.State.Epochs - run.State.Epoch))) : null),
            "changed" => Sorted(wanted, run => run.State.LastChange),
            _ => [.. wanted],
        };
    }

    private IReadOnlyList<FolderRun> Sorted<T>(IEnumerable<FolderRun> runs, Func<FolderRun, T?> value)
    {
        var order = runs.OrderBy(run => value(run) is null);
        return [.. IsDescending ? order.ThenByDescending(value) : order.ThenBy(value)];
    }

    private static double? Known(double value) => double.IsNaN(value) ? null : value;

    private static bool Has(FolderRun run, string word) =>
        new[] { run.LongTitle, run.Title, run.State.Schedule, PageWords.Word(run.State), run.State.Problem }.Any(text => text.Contains(word, StringComparison.OrdinalIgnoreCase));
}
