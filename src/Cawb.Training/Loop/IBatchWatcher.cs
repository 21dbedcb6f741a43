using Cawb.Detection.Data.Loading;
using Cawb.Detection.Inference;

namespace Cawb.Training.Loop;

/// <summary>Looks at the batches of a training while their images are in memory. It changes nothing of what is trained.</summary>
public interface IBatchWatcher
{
    /// <summary>A batch has been trained.</summary>
    /// <param name="epoch">0-based.</param>
    /// <param name="batch">As the network saw it, after augmentation; on several ranks this rank's part. Valid during the call.</param>
    void Trained(int epoch, TrainingBatch batch);

    /// <summary>The boxes of a validation batch are found.</summary>
    /// <param name="batch">Its images and labels; valid during the call.</param>
    /// <param name="found">For each image, best first, in pixels of the batch.</param>
    void Validated(ValidationBatch batch, IReadOnlyList<DetectedBox>[] found);
}
