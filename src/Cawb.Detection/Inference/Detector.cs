using System.Runtime.InteropServices;
using Cawb.Detection.Model;
using static TorchSharp.torch;

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

    /// <summary>Where the networks lie.</summary>
    public Device Device => members[0].Device;

    /// <summary>The boxes of each image, best first, in pixels of the network's input.</summary>
    /// <param name="images">(B, 3, H, W), RGB from 0 to 1; H and W are multiples of 32.</param>
    public IReadOnlyList<DetectedBox>[] Detect(Tensor images) => Suppress(Forward(images));

    /// <summary>The first half of <see cref="Detect"/>: network and decoding.</summary>
    /// <param name="images">(B, 3, H, W), RGB from 0 to 1; H and W are multiples of 32.</param>
    /// <returns>For each image its rows, each centre x, centre y, width, height, objectness, classes.</returns>
    public float[][] Forward(Tensor images) => Forward(images, _ => { });

    /// <summary>As the other.</summary>
    /// <inheritdoc cref="Forward(Tensor)" />
    /// <param name="images">(B, 3, H, W), RGB from 0 to 1; H and W are multiples of 32.</param>
    /// <param name="seen">Told of the raw maps of each network; they are valid during the call only, in which nothing is kept for gradients.</param>
    public float[][] Forward(Tensor images, Action<Tensor[]> seen)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor[] rows = [.. members.Select(member => Decoded(member).to(ScalarType.Float32))];
        var decoded = (rows.Length == 1 ? rows[0] : cat(rows, 1)).cpu();
        return [.. Enumerable.Range(0, (int)decoded.size(0)).Select(image => Elements(decoded[image]))];

        Tensor Decoded(YoloModel member)
        {
            var maps = member.Forward(images, training: false);
            seen(maps);
            return BoxDecoder.Decode(maps, member.Anchors);
        }
    }

    /// <summary>The second half: what stays of each image's rows, best first.</summary>
    /// <param name="decoded">From <see cref="Forward(Tensor)"/>.</param>
    public IReadOnlyList<DetectedBox>[] Suppress(IReadOnlyList<float[]> decoded)
    {
        // Images share nothing, so the boxes do not depend on who takes which.
        var found = new IReadOnlyList<DetectedBox>[decoded.Count];
        Parallel.For(
            0,
            found.Length,
            new ParallelOptions { MaxDegreeOfParallelism = get_num_threads() },
            image => found[image] = NonMaximumSuppression.Select(decoded[image], members[0].ClassCount, options));
        return found;
    }

    // What TorchSharp's data<float>() gives is read element by element, which takes a quarter of the network's time where there are many classes.
    private static float[] Elements(Tensor rows)
    {
        var elements = GC.AllocateUninitializedArray<float>((int)rows.numel());
        rows.bytes.CopyTo(MemoryMarshal.AsBytes(elements.AsSpan()));
        return elements;
    }
}
