namespace Cawb.Detection.Images;

/// <summary>Animated PNG files have an image for programs that know no animation: this is the one that is read.</summary>
internal static class PngAnimation
{
    /// <summary>The file without the blocks of its animation (PNG specification, third edition, 11.3.6); itself when it has none or is no PNG.</summary>
    internal static ReadOnlySpan<byte> Still(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith(PngBlocks.Signature) || !HasAnimation(file))
        {
            return file;
        }

        var still = new List<byte>(file.Length);
        still.AddRange(PngBlocks.Signature);
        for (var blocks = new PngBlocks(file[PngBlocks.Signature.Length..]); blocks.MoveNext();)
        {
            if (!(blocks.Type.SequenceEqual("acTL"u8) || blocks.Type.SequenceEqual("fcTL"u8) || blocks.Type.SequenceEqual("fdAT"u8)))
            {
                still.AddRange(blocks.Whole);
            }
        }

        return still.ToArray();
    }

    // Its control block stands before the pixels.
    private static bool HasAnimation(ReadOnlySpan<byte> file)
    {
        for (var blocks = new PngBlocks(file[PngBlocks.Signature.Length..]); blocks.MoveNext() && !blocks.Type.SequenceEqual("IDAT"u8);)
        {
            if (blocks.Type.SequenceEqual("acTL"u8))
            {
                return true;
            }
        }

        return false;
    }
}
