namespace Cawb.Detection.Images;

/// <summary>The orientation of a PNG file in memory: 1 upright to 8; 5 to 8 swap width and height.</summary>
internal static class PngOrientation
{
    /// <summary>What the first block of EXIF data asks for, before the pixels or behind them; upright without one, and for a file that is no PNG or a broken one.</summary>
    internal static int Of(ReadOnlySpan<byte> file) => (file.StartsWith(PngBlocks.Signature) ? Find(file[PngBlocks.Signature.Length..]) : null) ?? ExifOrientation.Upright;

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
    private static int? Find(ReadOnlySpan<byte> first)
    {
        int? orientation = null;
        for (var blocks = new PngBlocks(first); blocks.MoveNext();)
        {
            if (blocks.Type.SequenceEqual("IEND"u8))
            {
                return orientation;
            }

            if (blocks.Type.SequenceEqual("eXIf"u8) && ExifOrientation.IsTiff(blocks.Content))
            {
                orientation ??= ExifOrientation.Read(blocks.Content);
            }
        }

        return null;
    }
}
