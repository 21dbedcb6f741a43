using Cawb.Training.Comparison.Jobs;
using Cawb.Training.Options;

namespace Cawb.Training.Runs;

/// <summary>Changes the length of a run that was begun.</summary>
/// <remarks>
/// The record is replaced first, and the checkpoint is of the former length until the run is opened again: killed in between, the next opening finds that the last change
/// is pending and takes the position over.
/// </remarks>
internal static class RunLength
{
    /// <summary>Replaces the record.</summary>
    /// <param name="directory">Of the run.</param>
    /// <param name="options">Of the run so far.</param>
    /// <param name="schedule">Of the run so far.</param>
    /// <param name="plan">Of the run so far.</param>
    /// <param name="trainedBatches">How many.</param>
    /// <param name="epochs">The new length.</param>
    /// <returns>What becomes of the schedule of the learning rate.</returns>
    public static PlanChange Change(RunDirectory directory, TrainOptions options, Schedule schedule, TrainingPlan plan, long trainedBatches, int epochs)
    {
        if (epochs == options.Epochs)
        {
            throw new InputException($"{directory.Path}: the run has {Counted.Of(epochs, "epoch")} already. Leave --epochs out to go on with it, or give another number.");
        }

        if (File.Exists(Path.Combine(directory.Path, ExperimentResultFile.FileName)))
        {
            throw new InputException($"{directory.Path}: the run belongs to a comparison, whose runs have one length. Compare at the new length (cawb compare PLAN --epochs {epochs}) in a folder of its own.");
        }

        if (TrainOption.Of(nameof(TrainOptions.Epochs)).Problem(System.Text.Json.JsonSerializer.SerializeToElement(epochs)) is { } problem)
        {
            throw new InputException($"--epochs {problem}");
        }

        var at = plan.EpochsFromBatches(trainedBatches);
        try
        {
            PlanChange Of(Schedule one) => epochs > options.Epochs ? PlanChange.Extend(plan, one, at, epochs) : PlanChange.Shorten(plan, one, at, epochs);
            var change = Of(schedule);
            var changed = options with
            {
                Epochs = epochs,
                MomentumSchedule = options.MomentumSchedule is { } momentum ? Of(momentum).After : null,
                WeightDecaySchedule = options.WeightDecaySchedule is { } decay ? Of(decay).After : null,
            };
            directory.Redefine(directory.Definition.Changed(new RunChange(options.Epochs, ScheduleText.Print(schedule), at), changed.ToJson(), ScheduleText.Print(change.After)));
            return change;
        }
        catch (ArgumentException exception)
        {
            throw new InputException($"{directory.Path}: {ArgumentText.Of(exception)}", exception);
        }
    }

    /// <summary>Whether the last change came after the checkpoint that the run goes on from.</summary>
    /// <param name="definition">Of the run.</param>
    /// <param name="batches">Of the run, as the checkpoint has them.</param>
    /// <param name="plan">Of the run, as its record has it.</param>
    public static bool IsPending(RunDefinition definition, long batches, TrainingPlan plan) =>
        batches != plan.TotalBatches && definition.Changes.Count > 0 && (long)definition.Changes[^1].Epochs * plan.BatchesPerEpoch == batches;
}
