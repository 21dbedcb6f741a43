using Cawb.Torch;

namespace Cawb.Detection.Training;

/// <summary>Pictures as the network takes them.</summary>
internal static class PixelTensor
{
    /// <summary>(B, 3, H, W) float32 from 0 to 1, channels last in memory; belongs to the open scope.</summary>
    /// <param name="pixels">RGB planes, picture after picture.</param>
    /// <param name="count">B.</param>
    /// <param name="height">H in pixels.</param>
    /// <param name="width">W in pixels.</param>
    /// <param name="device">Where the tensor goes.</param>
    public static Tensor From(ReadOnlySpan<byte> pixels, int count, int height, int width, Device device)
    {
        using var scope = TensorScope.Begin();
        // One quarter of the bytes goes over to the device, and is laid out there.
        var bytes = Tensor.FromSpan(pixels, [count, 3, height, width]).To(device).ContiguousChannelsLast();
        return scope.Keep(bytes.To(ElementType.Float32).DivInPlace(255));
    }
}
