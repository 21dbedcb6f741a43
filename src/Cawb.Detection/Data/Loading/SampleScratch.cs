using Cawb.Detection.Data.Augmentation;
using Cawb.Detection.Images;

namespace Cawb.Detection.Data.Loading;

/// <summary>Memory of one loader thread.</summary>
internal sealed class SampleScratch
{
    private byte[] file = [];
    private byte[] decoded = [];
    private byte[] canvas = [];
    private byte[] warped = [];
    private byte[] second = [];

    internal HsvTables Hsv { get; } = new();

    /// <summary>Labels of the sample under way.</summary>
    internal List<PixelLabel> Labels { get; } = [];

    /// <summary>A decoded image that the store does not keep.</summary>
    internal Span<byte> Decoded(int width, int height) => Sized(ref decoded, width, height);

    /// <summary>The content of a file, valid until the next call.</summary>
    /// <exception cref="ImageException">Cannot be read.</exception>
    internal ReadOnlySpan<byte> FileBytes(string path)
    {
        // A new array for each of millions of files would be garbage of the large object heap.
        try
        {
            using var file = File.OpenHandle(path, options: FileOptions.SequentialScan);
            var length = checked((int)RandomAccess.GetLength(file));
            if (this.file.Length < length)
            {
                this.file = GC.AllocateUninitializedArray<byte>(Math.Max(length, 2 * this.file.Length));
            }

            var read = 0;
            while (read < length && RandomAccess.Read(file, this.file.AsSpan(read, length - read), read) is > 0 and var more)
            {
                read += more;
            }

            return this.file.AsSpan(0, read);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or OverflowException)
        {
            throw ImageFile.Unreadable(path, e);
        }
    }

    /// <summary>A mosaic or letterbox before it is warped.</summary>
    internal Span<byte> Canvas(int width, int height) => Sized(ref canvas, width, height);

    /// <summary>The warped sample.</summary>
    internal Span<byte> Warped(int width, int height) => Sized(ref warped, width, height);

    /// <summary>The other mosaic of a mixup, or an image that had to be resized once more.</summary>
    internal Span<byte> Second(int width, int height) => Sized(ref second, width, height);

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
