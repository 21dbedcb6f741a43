using Cawb.Detection.Data.Loading;
using Cawb.Detection.Inference;
using static TorchSharp.torch;

namespace Cawb.Detection.Evaluation;

/// <summary>Is told how a validation gets on. Stages follow one another without a gap, so that times between the calls add up to the whole.</summary>
public interface IValidationObserver
{
    /// <summary>A batch is about to be asked for, and the validation can be stopped.</summary>
    void BeforeBatch()
    {
    }

    /// <summary>A batch is through a network.</summary>
    /// <param name="batch">Its images and labels; valid during the call.</param>
    /// <param name="maps">Per level (B, anchor, y, x, 5 + classes), logits; valid during the call, in which nothing is kept for gradients.</param>
    void Forwarded(ValidationBatch batch, Tensor[] maps)
    {
    }

    /// <summary>The boxes of a batch are found.</summary>
    /// <param name="batch">Its images and labels; valid during the call.</param>
    /// <param name="found">For each image, best first, in pixels of the batch.</param>
    void Found(ValidationBatch batch, IReadOnlyList<DetectedBox>[] found)
    {
    }

    /// <summary>The validation has been busy with this since the call before.</summary>
    void Spent(ValidationStage stage);

    /// <summary>Images are through the network.</summary>
    /// <param name="count">Of the batch.</param>
    void Finished(int count);
}
