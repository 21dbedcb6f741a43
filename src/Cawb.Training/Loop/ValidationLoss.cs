using Cawb.Detection.Data.Loading;
using Cawb.Detection.Evaluation;
using Cawb.Detection.Inference;
using Cawb.Detection.Loss;
using static TorchSharp.torch;

namespace Cawb.Training.Loop;

/// <summary>Takes the loss of a validation from the maps that it computes anyway: the mean over its batches, as YOLOv5 has it.</summary>
/// <param name="loss">Of the network's maps; sums over no ranks.</param>
/// <param name="watcher">Is shown the batches.</param>
/// <param name="beforeBatch">Called before each.</param>
internal sealed class ValidationLoss(DetectionLoss loss, IBatchWatcher watcher, Action beforeBatch) : IValidationObserver
{
    private LossTerms sums;
    private int batches;

    /// <summary>Of the batches so far; zeros before the first.</summary>
    public LossTerms Mean => batches == 0 ? default : new LossTerms(sums.Box / batches, sums.Objectness / batches, sums.Class / batches, sums.Total / batches);

    public void BeforeBatch() => beforeBatch();

    public void Forwarded(ValidationBatch batch, Tensor[] maps)
    {
        using var scope = NewDisposeScope();
        var result = loss.Compute(maps, batch.Labels);
        sums = new LossTerms(
            sums.Box + result.Box, sums.Objectness + result.Objectness, sums.Class + result.Class, sums.Total + (batch.Count * (result.Box + result.Objectness + result.Class)));
        batches++;
    }

    public void Found(ValidationBatch batch, IReadOnlyList<DetectedBox>[] found) => watcher.Validated(batch, found);

    public void Spent(ValidationStage stage)
    {
    }

    public void Finished(int count)
    {
    }
}
