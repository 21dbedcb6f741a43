using System.Globalization;
using Cawb.Detection.Training;

namespace Cawb.Cli.Training;

/// <summary>A line per epoch, for logs and pipes.</summary>
internal sealed class PlainTrainingView(TextWriter output, string label) : ITrainingView
{
    private int epochs;

    public void Start(TrainingRun run, int epoch, int batch)
    {
        epochs = run.Options.Epochs;
    }

    public void Batch(BatchOutcome outcome)
    {
    }

    public void Epoch(EpochOutcome outcome, TimeSpan elapsed) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{label}epoch {outcome.Epoch + 1}/{epochs}  lr {outcome.LearningRate:0.00000}  box {outcome.MeanTerms.Box:0.0000}  obj {outcome.MeanTerms.Objectness:0.0000}  cls {outcome.MeanTerms.Class:0.0000}  AP {outcome.Evaluation.AveragePrecision:0.000}  AP50 {outcome.Evaluation.AveragePrecision50:0.000}  {elapsed.TotalSeconds:0.0} s"));
}
