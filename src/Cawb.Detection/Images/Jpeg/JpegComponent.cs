namespace Cawb.Detection.Images.Jpeg;

/// <summary>One colour of a JPEG frame.</summary>
/// <param name="id">What scans call it.</param>
/// <param name="across">Blocks of 8 x 8 pixels side by side in a unit of all colours.</param>
/// <param name="down">Rows of them in such a unit.</param>
internal sealed class JpegComponent(byte id, int across, int down)
{
    // Of a progressive frame, for each coefficient. Before its first scan 0, as after its last: a second first scan is only a waste.
    private readonly int[] bitsToCome = new int[64];

    internal byte Id => id;

    internal int Across => across;

    internal int Down => down;

    /// <summary>Blocks in a row of a scan of this colour alone.</summary>
    internal int Columns { get; set; }

    /// <summary>Rows of blocks in such a scan.</summary>
    internal int Rows { get; set; }

    /// <summary>Blocks in a row of a scan of all colours, which fills up its last unit.</summary>
    internal int Stride { get; set; }

    /// <summary>Of a progressive frame, for each block: bit k is set when scans so far gave coefficient k another value than 0.</summary>
    internal ulong[] NonZero { get; set; } = [];

    /// <summary>False when a progressive scan comes out of turn: each coefficient first gets its high bits, then one more at a time.</summary>
    /// <param name="first">0 to 63.</param>
    /// <param name="last">0 to 63.</param>
    /// <param name="bitsBefore">How many low bits were still to come before the scan, 0 for the first.</param>
    /// <param name="bitsAfter">How many are after it.</param>
    internal bool Expect(int first, int last, int bitsBefore, int bitsAfter)
    {
        if (bitsBefore > 0 && bitsAfter != bitsBefore - 1)
        {
            return false;
        }

        foreach (ref var bits in bitsToCome.AsSpan(first..(last + 1)))
        {
            if (bits != bitsBefore)
            {
                return false;
            }

            bits = bitsAfter;
        }

        return true;
    }
}
