using Cawb.Detection.Model;
using Cawb.Torch;

namespace Cawb.Detection.Inference;

/// <summary>Finds objects: network, decoding and suppression in one.</summary>
/// <param name="model">The network; used in evaluation mode, outlives this object.</param>
/// <param name="options">Thresholds and limits.</param>
public sealed class Detector(YoloModel model, SuppressionOptions options)
{
    /// <summary>The boxes of each picture, best first, in pixels of the network's input.</summary>
    /// <param name="images">(B, 3, H, W), RGB from 0 to 1; H and W are multiples of 32.</param>
    public IReadOnlyList<DetectedBox>[] Detect(Tensor images) => Suppress(Forward(images));

    /// <summary>The first half of <see cref="Detect"/>: network and decoding.</summary>
    /// <param name="images">(B, 3, H, W), RGB from 0 to 1; H and W are multiples of 32.</param>
    /// <returns>For each picture its rows, each centre x, centre y, width, height, objectness, classes.</returns>
    public float[][] Forward(Tensor images)
    {
        using var scope = TensorScope.Begin();
        using var noGrad = Autograd.NoGrad();
        var decoded = BoxDecoder.Decode(model.Forward(images, training: false), model.Anchors).To(ElementType.Float32).To(Device.Cpu);
        return [.. Enumerable.Range(0, (int)decoded.Size(0)).Select(image => decoded.Narrow(0, image, 1).ToArray<float>())];
    }

    /// <summary>The second half: what stays of each picture's rows, best first.</summary>
    /// <param name="decoded">From <see cref="Forward"/>.</param>
    public IReadOnlyList<DetectedBox>[] Suppress(IReadOnlyList<float[]> decoded)
    {
        // Pictures share nothing, so the boxes do not depend on who takes which.
        var found = new IReadOnlyList<DetectedBox>[decoded.Count];
        Parallel.For(
            0,
            found.Length,
            new ParallelOptions { MaxDegreeOfParallelism = TorchThreads.Count },
            image => found[image] = NonMaximumSuppression.Select(decoded[image], model.ClassCount, options));
        return found;
    }
}
