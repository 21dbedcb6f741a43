namespace Cawb.Detection.Images.Jpeg;

/// <summary>Walks over the codes of blocks of 8 x 8 coefficients without making numbers of them (ITU-T T.81, F.2.2 and G.2).</summary>
/// <param name="first">The first coefficient of the scan, 0 to 63 in zigzag order.</param>
/// <param name="last">The last one.</param>
/// <param name="isRefinement">The scan gives one more bit of coefficients that came before.</param>
internal struct JpegBlocks(int first, int last, bool isRefinement)
{
    private const int LongRun = 15;

    // Blocks for which nothing but refining bits comes.
    private int emptyBlocks;

    /// <summary>After a restart.</summary>
    internal void Reset() => emptyBlocks = 0;

    /// <summary>A block of a frame with one scan for all coefficients; false when a code is none.</summary>
    internal static bool Whole(ref JpegBits bits, JpegHuffmanTable? constants, JpegHuffmanTable? others)
    {
        if (!Constant(ref bits, constants) || others is null)
        {
            return false;
        }

        for (var k = 1; k <= 63; k++)
        {
            var code = others.Decode(ref bits);
            if (code < 0)
            {
                return false;
            }

            var (run, length) = (code >> 4, code & 15);
            if (length == 0 && run != LongRun)
            {
                return true;
            }

            k += run;
            if (length > 0 && k > 63)
            {
                return false;
            }

            bits.Skip(length);
        }

        return true;
    }

    /// <summary>A block of a progressive frame; false when a code is none.</summary>
    internal bool Progressive(ref JpegBits bits, JpegHuffmanTable? constants, JpegHuffmanTable? others, ref ulong nonZero)
    {
        if (first > 0)
        {
            return others is not null && (isRefinement ? Refinement(ref bits, others, ref nonZero) : First(ref bits, others, ref nonZero));
        }

        if (!isRefinement)
        {
            return Constant(ref bits, constants);
        }

        bits.Skip(1);
        return true;
    }

    private static bool Constant(ref JpegBits bits, JpegHuffmanTable? table)
    {
        var length = table?.Decode(ref bits) ?? -1;
        if (length is < 0 or > 15)
        {
            return false;
        }

        bits.Skip(length);
        return true;
    }

    private bool First(ref JpegBits bits, JpegHuffmanTable table, ref ulong nonZero)
    {
        if (emptyBlocks > 0)
        {
            emptyBlocks--;
            return true;
        }

        for (var k = first; k <= last; k++)
        {
            var code = table.Decode(ref bits);
            if (code < 0)
            {
                return false;
            }

            var (run, length) = (code >> 4, code & 15);
            if (length == 0 && run != LongRun)
            {
                emptyBlocks = (1 << run) - 1 + bits.Read(run);
                return true;
            }

            k += run;
            if (length > 0)
            {
                if (k > last)
                {
                    return false;
                }

                bits.Skip(length);
                nonZero |= 1UL << k;
            }
        }

        return true;
    }

    private bool Refinement(ref JpegBits bits, JpegHuffmanTable table, ref ulong nonZero)
    {
        var k = first;
        for (; emptyBlocks == 0 && k <= last; k++)
        {
            var code = table.Decode(ref bits);
            var (run, length) = (code >> 4, code & 15);
            if (code < 0 || length > 1)
            {
                return false;
            }

            if (length == 0 && run != LongRun)
            {
                emptyBlocks = (1 << run) + bits.Read(run);
                break;
            }

            // The sign of the new coefficient.
            bits.Skip(length);
            for (; k <= last; k++)
            {
                if ((nonZero >> k & 1) != 0)
                {
                    bits.Skip(1);
                }
                else if (--run < 0)
                {
                    break;
                }
            }

            if (length > 0)
            {
                if (k > last)
                {
                    return false;
                }

                nonZero |= 1UL << k;
            }
        }

        if (emptyBlocks > 0)
        {
            for (; k <= last; k++)
            {
                bits.Skip((int)(nonZero >> k & 1));
            }

            emptyBlocks--;
        }

        return true;
    }
}
