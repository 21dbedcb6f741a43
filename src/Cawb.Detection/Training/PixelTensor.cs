using Cawb.Torch;

namespace Cawb.Detection.Training;

/// <summary>Pictures as the network takes them.</summary>
internal static class PixelTensor
{
    // Below, plain layout is the faster one on processors, above, channels last; see bench/results.
    private const int ChannelsLastFrom = 192;

    /// <summary>(B, 3, H, W) float32 from 0 to 1, in the memory layout that is the faster for its size; belongs to the open scope.</summary>
    /// <param name="pixels">RGB planes, picture after picture.</param>
    /// <param name="count">B.</param>
    /// <param name="height">H in pixels.</param>
    /// <param name="width">W in pixels.</param>
    /// <param name="device">Where the tensor goes.</param>
    public static Tensor From(ReadOnlySpan<byte> pixels, int count, int height, int width, Device device)
    {
        using var scope = TensorScope.Begin();
        // One quarter of the bytes goes over to the device, and is laid out there.
        var bytes = Tensor.FromSpan(pixels, [count, 3, height, width]).To(device);
        var laidOut = Math.Max(height, width) < ChannelsLastFrom ? bytes : bytes.ContiguousChannelsLast();
        return scope.Keep(laidOut.To(ElementType.Float32).DivInPlace(255));
    }
}
