using static TorchSharp.torch;

namespace Cawb.Detection.Model;

/// <summary>Images as the network takes them.</summary>
public static class PixelTensor
{
    /// <summary>(B, 3, H, W) float32 from 0 to 1, the channels of a pixel side by side in memory, which convolutions are fastest in; belongs to the open scope.</summary>
    /// <param name="pixels">RGB planes, image after image.</param>
    /// <param name="count">B.</param>
    /// <param name="height">H in pixels.</param>
    /// <param name="width">W in pixels.</param>
    /// <param name="device">Where the tensor goes.</param>
    public static Tensor From(ReadOnlySpan<byte> pixels, int count, int height, int width, Device device)
    {
        using var scope = NewDisposeScope();
        var planes = empty([count, 3, height, width], ScalarType.Byte);
        pixels.CopyTo(planes.bytes);

        // A quarter of the bytes goes over to the device, and is laid out there.
        return planes.to(device).permute(0, 2, 3, 1).contiguous().to(ScalarType.Float32).Divide_(255).permute(0, 3, 1, 2).MoveToOuterDisposeScope();
    }
}
