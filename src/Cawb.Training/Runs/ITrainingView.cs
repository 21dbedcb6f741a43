using Cawb.Training.Loop;

namespace Cawb.Training.Runs;

/// <summary>What a person sees of a training.</summary>
public interface ITrainingView
{
    /// <summary>The run begins, or goes on.</summary>
    /// <param name="run">The run.</param>
    /// <param name="epoch">0-based epoch at hand.</param>
    /// <param name="batch">Batches of it that are trained.</param>
    void Start(TrainingRun run, int epoch, int batch);

    /// <summary>A batch is trained.</summary>
    void Batch(BatchOutcome outcome);

    /// <summary>An epoch is validated and recorded.</summary>
    void Epoch(EpochOutcome outcome, TimeSpan elapsed);
}
