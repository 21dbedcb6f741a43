using System.Globalization;
using Cawb.Reports.Tables;
using Cawb.Training.Runs;

namespace Cawb.Web.Runs;

/// <summary>Numbers and times as pages show them.</summary>
internal static class PageWords
{
    private const string Unreadable = "unreadable";

    /// <summary>How long ago something was, in the unit that matters, so that it changes seldom.</summary>
    /// <param name="time">Negative where the clocks of two hosts differ, which counts as now.</param>
    public static string Ago(TimeSpan time) => time.TotalSeconds switch
    {
        < 10 => "just now",
        < 60 => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalSeconds / 10 * 10} s ago"),
        < 3600 => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes} min ago"),
        < 86400 => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours} h ago"),
        _ => Counted.Of((long)time.TotalDays, "day") + " ago",
    };

    /// <summary>A precision; empty where it is not defined.</summary>
    public static string Precision(double value) => double.IsNaN(value) ? "" : ReportText.AveragePrecision(value);

    /// <summary>Finished epochs; empty where nobody knows how many there are.</summary>
    public static string Epochs(RunState state) => state.Epochs > 0 ? string.Create(CultureInfo.InvariantCulture, $"{state.Epoch} of {state.Epochs}") : "";

    /// <summary>The highest AP and its epoch; empty before the first.</summary>
    public static string Best(RunState state) => state.BestEpoch > 0 ? string.Create(CultureInfo.InvariantCulture, $"{Precision(state.BestAveragePrecision)} (epoch {state.BestEpoch})") : "";

    /// <summary>Time left, in the unit that matters; empty where nobody knows.</summary>
    public static string Left(RunState state, DateTimeOffset now) => state.TimeLeft(now) is { } left ? Left(left) : "";

    /// <summary>Time left, in the unit that matters, so that it changes seldom: what changes is painted anew, and read out.</summary>
    public static string Left(TimeSpan time) => time.TotalSeconds switch
    {
        <= 10 => "a few seconds",
        <= 50 => string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(time.TotalSeconds / 10) * 10:0} s"),
        <= 3540 => string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(time.TotalMinutes):0} min"),
        _ => ReportText.Duration(TimeSpan.FromMinutes(Math.Ceiling(time.TotalMinutes))),
    };

    /// <summary>A moment, exact to the second, in the time zone of this machine.</summary>
    public static string Moment(DateTimeOffset time) => time.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>The words of states, in the order in which somebody who looks wants to see them.</summary>
    public static IReadOnlyList<string> States { get; } =
        [.. ((RunStage[])[RunStage.Running, RunStage.Failed]).Select(RunStateWords.Word), Unreadable, .. ((RunStage[])[RunStage.Interrupted, RunStage.Waiting, RunStage.Finished]).Select(RunStateWords.Word)];

    /// <summary>Where a run stands, in one of <see cref="States"/>: a folder that cannot be read may be no run at all.</summary>
    public static string Word(RunState state) => IsUnreadable(state) ? Unreadable : RunStateWords.Word(state.Stage);

    /// <summary>Place of a run's state in <see cref="States"/>.</summary>
    public static int Rank(RunState state) => States.ToList().IndexOf(Word(state));

    /// <summary>How many runs stand where: "2 running, 5 done".</summary>
    public static string Counts(IEnumerable<RunState> states) => string.Join(", ", states.CountBy(Word).OrderBy(state => States.ToList().IndexOf(state.Key)).Select(state => $"{state.Value} {state.Key}"));

    /// <summary>Whether nobody knows where it stands.</summary>
    public static bool IsUnreadable(RunState state) => state is { Problem.Length: > 0, Stage: not RunStage.Failed };
}
