namespace Cawb.Detection.Images.Jpeg;

/// <summary>The bits of entropy-coded data between two markers, in order.</summary>
internal ref struct JpegBits(ReadOnlySpan<byte> segment)
{
    private readonly ReadOnlySpan<byte> segment = segment;
    private int at;

    // The next bits from the top, zeros behind the last.
    private ulong next;
    private int count;

    /// <summary>True when more was asked for than there is; zeros were given for it.</summary>
    internal readonly bool IsExhausted => count < 0;

    /// <summary>How many whole bytes nobody asked for.</summary>
    internal readonly int UnusedBytes => segment.Length - at + Math.Max(0, count) / 8;

    /// <summary>The next bits as a number.</summary>
    /// <param name="bits">0 to 16.</param>
    internal int Read(int bits)
    {
        var value = Peek() >> (16 - bits);
        Skip(bits);
        return value;
    }

    /// <summary>The next 16 bits, which stay.</summary>
    internal int Peek()
    {
        if (count < 16)
        {
            Fill();
        }

        return (int)(next >> 48);
    }

    /// <param name="bits">0 to 16.</param>
    internal void Skip(int bits)
    {
        if (count < bits)
        {
            Fill();
        }

        next <<= bits;
        count -= bits;
    }

    private void Fill()
    {
        while (count is >= 0 and <= 56 && at < segment.Length)
        {
            var value = segment[at++];
            if (value == 0xFF)
            {
                // A 0 says that this is data and no marker; several 0xFF count as one.
                while (at < segment.Length && segment[at++] == 0xFF)
                {
                }
            }

            next |= (ulong)value << (56 - count);
            count += 8;
        }
    }
}
