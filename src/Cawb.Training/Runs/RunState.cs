using System.Text.Json;
using Cawb.Reports.Files;

namespace Cawb.Training.Runs;

/// <summary>Where a run stands, as its directory tells without disturbing a process that may be at it.</summary>
/// <param name="Stage">A run directory alone does not know whether it failed; the comparison that it belongs to does.</param>
/// <param name="Epoch">Finished epochs.</param>
/// <param name="Epochs">Of the whole run; 0 where it is not begun or does not say.</param>
/// <param name="AveragePrecision">After the last finished epoch, 0 to 1; not a number where there is none.</param>
/// <param name="Problem">Why the directory cannot be read, or why the run failed; empty where neither is so.</param>
public sealed record RunState(RunStage Stage, int Epoch, int Epochs, double AveragePrecision, string Problem)
{
    /// <summary>AP50 after the last finished epoch, 0 to 1; not a number where there is none.</summary>
    public double AveragePrecision50 { get; private init; } = double.NaN;

    /// <summary>The highest AP of any epoch, 0 to 1; not a number where there is none.</summary>
    public double BestAveragePrecision { get; private init; } = double.NaN;

    /// <summary>The first epoch that reached it, from 1 on; 0 where there is none.</summary>
    public int BestEpoch { get; private init; }

    /// <summary>The schedule of the learning rate in a few words; empty where the run is not begun or does not say.</summary>
    public string Schedule { get; private init; } = "";

    /// <summary>When the run was last written to; null where it is not begun.</summary>
    public DateTimeOffset? LastChange { get; private init; }

    /// <summary>Mean time of the last epochs; zero where there is none.</summary>
    public TimeSpan EpochTime { get; private init; }

    /// <summary>A file of a comparison's run that marks it as done.</summary>
    public const string ResultFile = "result.json";

    // As many epochs as tell today's pace.
    private const int PaceEpochs = 5;

    /// <summary>Looks at a run.</summary>
    /// <param name="directory">Need not exist.</param>
    public static RunState Of(string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        if (!IsRun(directory))
        {
            return NotBegun;
        }
        try
        {
            return Of(RunRecord.Read(directory));
        }
        catch (Exception fault) when (BadInput.IsCause(fault))
        {
            return Unreadable(fault.Message);
        }
        catch (Exception fault) when (FileFault.IsOne(fault))
        {
            return Unreadable(FileFault.OfReading(directory, fault).Message);
        }
    }

    /// <summary>Where a run stands that was read a moment ago.</summary>
    /// <param name="record">Of the run.</param>
    public static RunState Of(RunRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var (precision, precision50) = (Defined(record.Metrics, MetricNames.AveragePrecision), Defined(record.Metrics, MetricNames.AveragePrecision50));
        var best = precision.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Max();
        return new RunState(StageOf(record.Path), record.Metrics.RowCount, EpochsOf(record.Definition), precision.LastOrDefault(double.NaN), "")
        {
            AveragePrecision50 = precision50.LastOrDefault(double.NaN),
            BestAveragePrecision = best,
            BestEpoch = double.IsNaN(best) ? 0 : (int)record.Metrics.Column(MetricNames.Epoch)[Array.IndexOf(precision, best)],
            Schedule = ScheduleWords.Of(record.Definition.ScheduleJson),
            LastChange = new DateTimeOffset(NewestRun.LastTrained(record.Path)),
            EpochTime = PaceOf(record.Metrics),
        };
    }

    /// <summary>What is said of a run that cannot be read.</summary>
    /// <param name="problem">Why, and what to do.</param>
    public static RunState Unreadable(string problem) => new(RunStage.Interrupted, 0, 0, double.NaN, problem);

    /// <summary>Where a run stands that is not begun.</summary>
    public static RunState NotBegun { get; } = new(RunStage.Waiting, 0, 0, double.NaN, "");

    /// <summary>How long a run will go on at the pace of its last epochs; null where it is not running or has no pace yet.</summary>
    /// <param name="now">The time.</param>
    public TimeSpan? TimeLeft(DateTimeOffset now)
    {
        if (Stage != RunStage.Running || EpochTime <= TimeSpan.Zero || LastChange is not { } last)
        {
            return null;
        }

        var left = EpochTime * Math.Max(0, Epochs - Epoch) - (now > last ? now - last : TimeSpan.Zero);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>Whether a folder is a run directory.</summary>
    /// <param name="directory">Need not exist.</param>
    public static bool IsRun(string directory) => File.Exists(Path.Combine(directory, RunDirectory.DefinitionFile));

    /// <summary>Whether a process has the run, as far as this host can see: some file systems of clusters keep locks to a node.</summary>
    /// <param name="directory">Of a run.</param>
    public static bool IsInUse(string directory) => RunLock.IsHeld(directory);

    /// <summary>Whether a comparison has finished a run.</summary>
    /// <param name="directory">Of a run.</param>
    public static bool HasResult(string directory) => File.Exists(Path.Combine(directory, ResultFile));

    /// <summary>Whether a run has weights or a checkpoint, and not its numbers alone.</summary>
    /// <param name="directory">Of a run.</param>
    internal static bool HasWeights(string directory) =>
        Directory.EnumerateFiles(directory, "*.safetensors").Any()
        || (Path.Combine(directory, CheckpointFolder.FolderName) is var checkpoints && Directory.Exists(checkpoints) && Directory.EnumerateFiles(checkpoints).Any());

    private static TimeSpan PaceOf(MetricsTable metrics)
    {
        var count = Math.Min(PaceEpochs, metrics.RowCount);
        var seconds = metrics.Columns.Times.Sum(time => metrics.Column(time).AsSpan()[^count..].ToArray().Sum());
        return count > 0 && seconds is > 0 and < 1e9 ? TimeSpan.FromSeconds(seconds / count) : TimeSpan.Zero;
    }

    // Without labels to validate on an AP is not defined; earlier versions wrote -1.
    private static double[] Defined(MetricsTable metrics, string column) => metrics.Has(column) ? [.. metrics.Column(column).Select(value => value >= 0 ? value : double.NaN)] : [];

    // Runs of other versions may have options that this one does not know.
    private static int EpochsOf(RunDefinition definition)
    {
        using var options = JsonDocument.Parse(definition.OptionsJson);
        return options.RootElement.TryGetProperty("epochs", out var epochs) && epochs.ValueKind == JsonValueKind.Number && epochs.TryGetInt32(out var number) ? number : 0;
    }

    private static RunStage StageOf(string directory) =>
        HasResult(directory) ? RunStage.Finished
        : RunLock.IsHeld(directory) ? RunStage.Running
        : TrainingRun.IsTrained(directory) ? RunStage.Finished
        : RunStage.Interrupted;
}
