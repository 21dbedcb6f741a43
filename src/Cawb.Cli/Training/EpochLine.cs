using System.Globalization;
using Cawb.Reports.Tables;
using Cawb.Training.Loop;
using Cawb.Training.Runs;

namespace Cawb.Cli.Training;

/// <summary>What both views say, in the same words.</summary>
internal static class EpochLine
{
    public static string Opening(TrainingRun run, int epoch, int batch)
    {
        var options = run.Options;
        var what = string.Create(
            CultureInfo.InvariantCulture,
            $"YOLOv5{options.Model}, {Counted.Of(options.Epochs, "epoch")} of {Counted.Of(run.Plan.BatchesPerEpoch, "batch", "batches")} of {options.BatchSize} at {options.ImageSize} px, {Counted.Of(options.Threads, "thread")}, seed {options.Seed}");
        return epoch == 0 && batch == 0 ? what : string.Create(CultureInfo.InvariantCulture, $"{what}; goes on in epoch {epoch + 1} after batch {batch}");
    }

    public static string Result(EpochOutcome outcome, TimeSpan elapsed) => string.Create(
        CultureInfo.InvariantCulture,
        $"epoch {outcome.Epoch + 1,3}  lr {outcome.LearningRate:0.00000}  box {outcome.MeanTerms.Box:0.0000}  obj {outcome.MeanTerms.Objectness:0.0000}  cls {outcome.MeanTerms.Class:0.0000}  AP {ReportText.AveragePrecision(outcome.Evaluation.AveragePrecision)}  AP50 {ReportText.AveragePrecision(outcome.Evaluation.AveragePrecision50)}  {elapsed.TotalSeconds:0.0} s{(outcome.IsBest ? "  best" : "")}");
}
