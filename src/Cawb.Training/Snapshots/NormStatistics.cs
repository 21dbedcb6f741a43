using Cawb.Detection;
using Cawb.Detection.Data.Loading;
using Cawb.Detection.Model;
using static TorchSharp.torch;

namespace Cawb.Training.Snapshots;

/// <summary>Means and variances that normalisations use in evaluation, taken anew from training images: those of averaged weights are no average of the members'.</summary>
internal static class NormStatistics
{
    /// <summary>
    /// Replaces every running mean and variance by the mean of the batches' over the first epoch's images, varied as in training. Same seed, same bits.
    /// </summary>
    /// <remarks>Every batch counts alike, a short one at the end too, as in PyTorch's <c>update_bn</c> (arXiv:1803.05407, section 3.2).</remarks>
    public static void Recompute(YoloModel model, TrainingLoader loader, CancellationToken cancellation)
    {
        using var noGrad = no_grad();
        using var whole = NewDisposeScope();
        Tensor[] running = [.. model.Tensors.Where(tensor => !tensor.IsTrained).Select(tensor => tensor.Value)];
        Tensor[] sums = [.. running.Select(tensor => zeros_like(tensor))];
        var count = 0;
        foreach (var batch in loader.Read(0, 0, cancellation))
        {
            using var scope = NewDisposeScope();

            // From zero, one batch leaves momentum times its own statistics behind.
            Array.ForEach(running, tensor => tensor.zero_());
            model.Forward(PixelTensor.From(batch.Pixels, batch.Count, batch.ImageSize, batch.ImageSize, model.Device), training: true);
            for (var i = 0; i < sums.Length; i++)
            {
                sums[i].Add_(running[i]);
            }

            count++;
        }

        for (var i = 0; i < sums.Length; i++)
        {
            running[i].copy_(sums[i].Divide_(count * YoloModel.NormMomentum));
        }
    }
}
