namespace Cawb.Detection.Images.Jpeg;

/// <summary>Codes of 1 to 16 bits and the bytes that they stand for (ITU-T T.81, annex C).</summary>
internal sealed class JpegHuffmanTable
{
    private const int CountBytes = 16;

    // Most codes are short: for those the next bits are the index of what they mean.
    private const int ShortBits = 9;

    private readonly byte[] symbols;
    private readonly ushort[] shortCodes = new ushort[1 << ShortBits];

    // By length: the first code, and the index of its symbol.
    private readonly int[] firstCode = new int[CountBytes + 2];
    private readonly int[] firstIndex = new int[CountBytes + 2];

    private JpegHuffmanTable(byte[] symbols) => this.symbols = symbols;

    /// <summary>Reads a table and moves behind it; null when it is none.</summary>
    internal static JpegHuffmanTable? Read(ref ReadOnlySpan<byte> bytes)
    {
        var total = 0;
        for (var i = 0; i < Math.Min(CountBytes, bytes.Length); i++)
        {
            total += bytes[i];
        }

        if (total > 256 || bytes.Length < CountBytes + total)
        {
            return null;
        }

        var table = new JpegHuffmanTable(bytes.Slice(CountBytes, total).ToArray());
        var isTable = table.Assign(bytes[..CountBytes]);
        bytes = bytes[(CountBytes + total)..];
        return isTable ? table : null;
    }

    /// <summary>The byte for the next code; -1 when no code begins so.</summary>
    internal int Decode(ref JpegBits bits)
    {
        var next = bits.Peek();
        if (shortCodes[next >> (16 - ShortBits)] is not 0 and var entry)
        {
            bits.Skip(entry >> 8);
            return (byte)entry;
        }

        for (var length = ShortBits + 1; length <= CountBytes; length++)
        {
            var offset = (next >> (16 - length)) - firstCode[length];
            if (offset < firstIndex[length + 1] - firstIndex[length])
            {
                bits.Skip(length);
                return symbols[firstIndex[length] + offset];
            }
        }

        return -1;
    }

    // False when there are more codes of a length than that length has.
    private bool Assign(ReadOnlySpan<byte> counts)
    {
        int code = 0, index = 0;
        for (var length = 1; length <= CountBytes; length++)
        {
            (firstCode[length], firstIndex[length]) = (code, index);
            for (var left = counts[length - 1]; left > 0; left--, code++, index++)
            {
                if (code >= 1 << length)
                {
                    return false;
                }

                if (length <= ShortBits)
                {
                    shortCodes.AsSpan(code << (ShortBits - length), 1 << (ShortBits - length)).Fill((ushort)(length << 8 | symbols[index]));
                }
            }

            code <<= 1;
        }

        firstIndex[CountBytes + 1] = index;
        return true;
    }
}
