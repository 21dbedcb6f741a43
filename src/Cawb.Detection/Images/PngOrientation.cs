using System.Buffers.Binary;

namespace Cawb.Detection.Images;

/// <summary>The orientation of a PNG file in memory: 1 upright to 8; 5 to 8 swap width and height.</summary>
internal static class PngOrientation
{
    private const int HeadBytes = 8;
    private const int SumBytes = 4;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>What the first block of EXIF data asks for, before the pixels or behind them; upright without one, and for a file that is no PNG or a broken one.</summary>
    internal static int Of(ReadOnlySpan<byte> file) => (file.StartsWith(Signature) ? Find(file[Signature.Length..]) : null) ?? ExifOrientation.Upright;

    /// <summary>The same for the blocks that follow the pixels, from the last bytes of a file alone.</summary>
    internal static int OfTail(ReadOnlySpan<byte> tail)
    {
        for (var rest = tail; rest.IndexOf("eXIf"u8) is >= 0 and var at; rest = rest[(at + 4)..])
        {
            if (at >= 4 && Find(rest[(at - 4)..]) is { } orientation)
            {
                return orientation;
            }
        }

        return ExifOrientation.Upright;
    }

    // From block to block up to the end mark; null where that is not reached, or no block has EXIF data.
    private static int? Find(ReadOnlySpan<byte> blocks)
    {
        int? orientation = null;
        while (blocks.Length >= HeadBytes + SumBytes && BinaryPrimitives.ReadUInt32BigEndian(blocks) is var length && length <= blocks.Length - HeadBytes - SumBytes)
        {
            var type = blocks[4..HeadBytes];
            var content = blocks.Slice(HeadBytes, (int)length);
            if (type.SequenceEqual("IEND"u8))
            {
                return orientation;
            }

            if (type.SequenceEqual("eXIf"u8) && ExifOrientation.IsTiff(content))
            {
                orientation ??= ExifOrientation.Read(content);
            }

            blocks = blocks[(HeadBytes + (int)length + SumBytes)..];
        }

        return null;
    }
}
