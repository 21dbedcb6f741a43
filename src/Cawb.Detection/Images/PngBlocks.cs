using System.Buffers.Binary;

namespace Cawb.Detection.Images;

/// <summary>The blocks of a PNG file in order, up to the end or to one that is cut off: length, type, content, checksum (PNG specification, third edition, 5.3).</summary>
/// <param name="blocks">Bytes that begin with a block.</param>
internal ref struct PngBlocks(ReadOnlySpan<byte> blocks)
{
    private const int HeadBytes = 8;
    private const int SumBytes = 4;

    private ReadOnlySpan<byte> rest = blocks;

    /// <summary>What every file begins with.</summary>
    internal static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The present block as it is in the file.</summary>
    internal ReadOnlySpan<byte> Whole { get; private set; }

    internal readonly ReadOnlySpan<byte> Type => Whole[4..HeadBytes];

    internal readonly ReadOnlySpan<byte> Content => Whole[HeadBytes..^SumBytes];

    /// <summary>False behind the last one.</summary>
    internal bool MoveNext()
    {
        var length = rest.Length < HeadBytes + SumBytes ? uint.MaxValue : BinaryPrimitives.ReadUInt32BigEndian(rest);
        if (length > rest.Length - HeadBytes - SumBytes)
        {
            return false;
        }

        Whole = rest[..(HeadBytes + (int)length + SumBytes)];
        rest = rest[Whole.Length..];
        return true;
    }
}
