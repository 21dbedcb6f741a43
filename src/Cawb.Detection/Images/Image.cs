namespace Cawb.Detection.Images;

/// <summary>An image in managed memory: 8 bits, three channels, blue first (OpenCV's order), rows from the top without gaps.</summary>
/// <remarks>The pixels can be written; the size cannot change. Nothing native is held, so there is nothing to dispose.</remarks>
public sealed class Image
{
    /// <summary>Bytes of one pixel: blue, green, red.</summary>
    public const int Channels = 3;

    /// <param name="width">Pixels, 1 or more.</param>
    /// <param name="height">Pixels, 1 or more.</param>
    /// <remarks>Starts black.</remarks>
    public Image(int width, int height)
        : this(width, height, new byte[BytesOf(width, height)])
    {
    }

    /// <summary>Takes over <paramref name="buffer"/>, which must have exactly width x height x 3 bytes.</summary>
    internal Image(int width, int height, byte[] buffer)
    {
        if (buffer.Length != BytesOf(width, height))
        {
            throw new ArgumentException($"Has {buffer.Length} bytes; {width} x {height} pixels need {BytesOf(width, height)}.", nameof(buffer));
        }

        Width = width;
        Height = height;
        Buffer = buffer;
    }

    /// <summary>Pixels in a row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>height x width x 3 bytes: rows, pixels, blue-green-red.</summary>
    public Span<byte> Pixels => Buffer;

    internal byte[] Buffer { get; }

    /// <summary>The bytes of one row, width x 3.</summary>
    /// <param name="y">0 to height - 1.</param>
    public Span<byte> Row(int y)
    {
        if ((uint)y >= (uint)Height)
        {
            throw new ArgumentOutOfRangeException(nameof(y), y, $"Rows are 0 to {Height - 1}.");
        }

        return Buffer.AsSpan(y * Width * Channels, Width * Channels);
    }

    /// <summary>A copy of a rectangle.</summary>
    /// <param name="left">First column, 0 or more.</param>
    /// <param name="top">First row, 0 or more.</param>
    /// <param name="width">Columns, 1 or more; ends inside the image.</param>
    /// <param name="height">Rows, 1 or more; ends inside the image.</param>
    public Image Crop(int left, int top, int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(left);
        ArgumentOutOfRangeException.ThrowIfNegative(top);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, Width - left);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, Height - top);
        var part = new Image(width, height);
        for (var y = 0; y < height; y++)
        {
            Row(top + y).Slice(left * Channels, width * Channels).CopyTo(part.Row(y));
        }

        return part;
    }

    internal static int BytesOf(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        var bytes = (long)width * height * Channels;
        return bytes <= Array.MaxLength
            ? (int)bytes
            : throw new ArgumentOutOfRangeException(nameof(width), $"{width} x {height} pixels are {bytes} bytes; at most {Array.MaxLength} fit.");
    }
}
