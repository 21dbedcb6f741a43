using Cawb.Training.Loop;
using Cawb.Training.Options;

namespace Cawb.Training.Runs;

/// <summary>What a run trains with, as its directory alone tells: no data set is opened.</summary>
public static class RunSchedules
{
    /// <summary>Batches of an epoch, as the run's last checkpoint has them; null where it has none, because it is not begun or its numbers alone are left.</summary>
    /// <param name="record">Of the run.</param>
    public static int? BatchesPerEpoch(RunRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return new CheckpointFolder(Path.Combine(record.Path, CheckpointFolder.FolderName)).Peek(RunDirectory.LastSlot) is { } checkpoint
            ? TrainingSession.PlanOf(checkpoint.StateJson).BatchesPerEpoch
            : null;
    }

    /// <summary>The schedules of rate, momentum and weight decay, warm-up included.</summary>
    /// <param name="record">Of the run.</param>
    /// <param name="batchesPerEpoch">1 or more.</param>
    /// <exception cref="InputException">Another version made the run.</exception>
    public static TrainingSchedules Of(RunRecord record, int batchesPerEpoch)
    {
        ArgumentNullException.ThrowIfNull(record);
        return TrainingSchedules.Of(TrainOptions.FromJson(record.Definition.OptionsJson, record.Path), ScheduleText.Parse(record.Definition.ScheduleJson), batchesPerEpoch);
    }

    /// <summary>The planned rate of the kernels; null where it cannot be known: the run has no checkpoint, or options that this version does not know.</summary>
    /// <param name="name">As it stands in legends.</param>
    /// <param name="record">Of the run.</param>
    public static LearningRateCurve? Curve(string name, RunRecord record)
    {
        try
        {
            return BatchesPerEpoch(record) is { } batches && Of(record, batches) is var driven
                ? new LearningRateCurve(name, driven.LearningRates[ParameterGroups.Kernels], driven.Plan, driven.BaseLearningRate)
                : null;
        }
        catch (Exception fault) when (BadInput.IsCause(fault))
        {
            return null;
        }
    }
}
