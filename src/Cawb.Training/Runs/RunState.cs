using System.Text.Json;

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

    /// <summary>A file of a comparison's run that marks it as done.</summary>
    internal const string ResultFile = "result.json";

    private static readonly RunState Unbegun = new(RunStage.Waiting, 0, 0, double.NaN, "");

    /// <summary>Looks at a run.</summary>
    /// <param name="directory">Need not exist.</param>
    public static RunState Of(string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        if (!IsRun(directory))
        {
            return Unbegun;
        }
        try
        {
            var record = RunRecord.Read(directory);
            var (precision, precision50) = (Defined(record.Metrics, MetricNames.AveragePrecision), Defined(record.Metrics, MetricNames.AveragePrecision50));
            var best = precision.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Max();
            return new RunState(StageOf(directory), record.Metrics.RowCount, EpochsOf(record.Definition), precision.LastOrDefault(double.NaN), "")
            {
                AveragePrecision50 = precision50.LastOrDefault(double.NaN),
                BestAveragePrecision = best,
                BestEpoch = double.IsNaN(best) ? 0 : (int)record.Metrics.Column(MetricNames.Epoch)[Array.IndexOf(precision, best)],
                Schedule = ScheduleWords.Of(record.Definition.ScheduleJson),
                LastChange = new DateTimeOffset(NewestRun.LastTrained(directory)),
            };
        }
        catch (Exception fault) when (BadInput.IsCause(fault))
        {
            return new RunState(RunStage.Interrupted, 0, 0, double.NaN, fault.Message);
        }
    }

    /// <summary>Whether a folder is a run directory.</summary>
    /// <param name="directory">Need not exist.</param>
    public static bool IsRun(string directory) => File.Exists(Path.Combine(directory, RunDirectory.DefinitionFile));

    /// <summary>Whether a comparison has finished a run.</summary>
    /// <param name="directory">Of a run.</param>
    internal static bool HasResult(string directory) => File.Exists(Path.Combine(directory, ResultFile));

    /// <summary>Whether a run has weights or a checkpoint, and not its numbers alone.</summary>
    /// <param name="directory">Of a run.</param>
    internal static bool HasWeights(string directory) =>
        Directory.EnumerateFiles(directory, "*.safetensors").Any()
        || (Path.Combine(directory, CheckpointFolder.FolderName) is var checkpoints && Directory.Exists(checkpoints) && Directory.EnumerateFiles(checkpoints).Any());

    // Without labels to validate on an AP is not defined; earlier versions wrote -1.
    private static double[] Defined(MetricsTable metrics, string column) => metrics.Has(column) ? [.. metrics.Column(column).Select(value => value >= 0 ? value : double.NaN)] : [];

    // Runs of other versions may have options that this one does not know.
    private static int EpochsOf(RunDefinition definition)
    {
        using var options = JsonDocument.Parse(definition.OptionsJson);
        return options.RootElement.TryGetProperty("epochs", out var epochs) && epochs.TryGetInt32(out var number) ? number : 0;
    }

    private static RunStage StageOf(string directory) =>
        HasResult(directory) ? RunStage.Finished
        : RunLock.IsHeld(directory) ? RunStage.Running
        : TrainingRun.IsTrained(directory) ? RunStage.Finished
        : RunStage.Interrupted;
}
