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
    public IReadOnlyList<DetectedBox>[] Detect(Tensor images)
    {
        using var scope = TensorScope.Begin();
        using var noGrad = Autograd.NoGrad();
        var decoded = BoxDecoder.Decode(model.Forward(images, training: false), model.Anchors).To(ElementType.Float32);
        var values = decoded.ToArray<float>();
        var perImage = (int)(decoded.Size(1) * decoded.Size(2));
        var found = new IReadOnlyList<DetectedBox>[decoded.Size(0)];
        for (var image = 0; image < found.Length; image++)
        {
            found[image] = NonMaximumSuppression.Select(values.AsSpan(image * perImage, perImage), model.ClassCount, options);
        }

        return found;
    }
}
