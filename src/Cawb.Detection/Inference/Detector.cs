using Cawb.Detection.Model;
using Cawb.Torch;

namespace Cawb.Detection.Inference;

/// <summary>Finds objects: network, decoding and suppression in one.</summary>
/// <remarks>With several networks, an ensemble, the boxes of all of them go into one suppression. Source: YOLOv5 7.0, where that is the way of an ensemble.</remarks>
/// <param name="members">One network, or several with the same classes; used in evaluation mode, outlive this object.</param>
/// <param name="options">Thresholds and limits.</param>
public sealed class Detector(IReadOnlyList<YoloModel> members, SuppressionOptions options)
{
    /// <summary>A detector of one network.</summary>
    /// <param name="model">The network; used in evaluation mode, outlives this object.</param>
    /// <param name="options">Thresholds and limits.</param>
    public Detector(YoloModel model, SuppressionOptions options)
        : this([model], options)
    {
    }

    /// <summary>The boxes of each picture, best first, in pixels of the network's input.</summary>
    /// <param name="images">(B, 3, H, W), RGB from 0 to 1; H and W are multiples of 32.</param>
    public IReadOnlyList<DetectedBox>[] Detect(Tensor images)
    {
        using var scope = TensorScope.Begin();
        using var noGrad = Autograd.NoGrad();
        Tensor[] rows = [.. members.Select(member => BoxDecoder.Decode(member.Forward(images, training: false), member.Anchors).To(ElementType.Float32))];
        var decoded = rows.Length == 1 ? rows[0] : Tensor.Cat(rows, 1);
        var values = decoded.ToArray<float>();
        var perImage = (int)(decoded.Size(1) * decoded.Size(2));
        var found = new IReadOnlyList<DetectedBox>[decoded.Size(0)];
        for (var image = 0; image < found.Length; image++)
        {
            found[image] = NonMaximumSuppression.Select(values.AsSpan(image * perImage, perImage), members[0].ClassCount, options);
        }

        return found;
    }
}
