using Cawb.Training.Loop;
using Cawb.Training.Progress;

namespace Cawb.Training.Runs;

/// <summary>How far a run is, and how long it will take.</summary>
public static class RunMeter
{
    private static readonly string[] LossNames = ["box", "obj", "cls"];

    /// <summary>A meter at a batch of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="epoch">0-based epoch at hand.</param>
    /// <param name="batch">Batches of it that are trained.</param>
    /// <param name="clock">Where time comes from.</param>
    public static ProgressMeter Of(TrainingRun run, int epoch, int batch, TimeProvider clock) =>
        new(clock, run.Options.Epochs, run.Plan.BatchesPerEpoch, ((long)epoch * run.Plan.BatchesPerEpoch) + batch, LossNames);

    /// <summary>Tells a meter that a batch is trained.</summary>
    /// <param name="meter">Null for none.</param>
    /// <param name="outcome">Of the batch.</param>
    public static void Tell(ProgressMeter? meter, BatchOutcome outcome) =>
        meter?.BatchDone(outcome.Images, outcome.LearningRate, [outcome.Terms.Box, outcome.Terms.Objectness, outcome.Terms.Class]);
}
