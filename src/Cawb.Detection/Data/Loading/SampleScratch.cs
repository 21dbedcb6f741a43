using Cawb.Detection.Data.Augmentation;
using Cawb.Detection.Images;

namespace Cawb.Detection.Data.Loading;

/// <summary>Memory of one loader thread.</summary>
internal sealed class SampleScratch
{
    /// <summary>A decoded picture that the store does not keep.</summary>
    internal byte[] Decoded = [];

    private byte[] _canvas = [];
    private byte[] _warped = [];
    private byte[] _second = [];

    internal HsvTables Hsv { get; } = new();

    /// <summary>Labels of the sample under way.</summary>
    internal List<PixelLabel> Labels { get; } = [];

    /// <summary>A mosaic or letterbox before it is warped.</summary>
    internal Span<byte> Canvas(int width, int height) => Sized(ref _canvas, width, height);

    /// <summary>The warped sample.</summary>
    internal Span<byte> Warped(int size) => Sized(ref _warped, size, size);

    /// <summary>The other mosaic of a mixup, or a picture that had to be resized once more.</summary>
    internal Span<byte> Second(int width, int height) => Sized(ref _second, width, height);

    private static Span<byte> Sized(ref byte[] memory, int width, int height)
    {
        var bytes = Image.BytesOf(width, height);
        if (memory.Length < bytes)
        {
            memory = GC.AllocateUninitializedArray<byte>(bytes);
        }

        return memory.AsSpan(0, bytes);
    }
}
