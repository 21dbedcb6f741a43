using System.Buffers.Binary;
using System.Text;

namespace Cawb.Detection.Images;

/// <summary>Checks the checksum that every block of a PNG file carries.</summary>
/// <remarks>
/// The decoder checks them too, but writes about it to the error stream of the process, where nobody can tell which file is meant. A block is length, type, content, CRC-32 over
/// type and content (PNG specification, third edition, 5.3 and annex D).
/// </remarks>
internal static class PngChecksums
{
    private const int HeadBytes = 8;
    private const int SumBytes = 4;

    private static readonly uint[] Table = MakeTable();

    /// <param name="file">A whole file; one that is no PNG passes.</param>
    /// <param name="name">For messages.</param>
    /// <exception cref="ImageException">A block is damaged or cut off.</exception>
    internal static void Verify(ReadOnlySpan<byte> file, string name)
    {
        if (!file.StartsWith(PngBlocks.Signature))
        {
            return;
        }

        var at = PngBlocks.Signature.Length;
        while (true)
        {
            var rest = file[at..];
            var length = rest.Length < HeadBytes + SumBytes ? uint.MaxValue : BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (length > rest.Length - HeadBytes - SumBytes)
            {
                throw new ImageException(name, $"Is damaged or cut off: the block at byte {at} reaches beyond the end of the file.");
            }

            var type = rest[SumBytes..HeadBytes];
            var end = HeadBytes + (int)length;
            if (Sum(rest[SumBytes..end]) != BinaryPrimitives.ReadUInt32BigEndian(rest[end..]))
            {
                throw new ImageException(name, $"Is damaged: the checksum of the block {Encoding.Latin1.GetString(type)} at byte {at} does not fit its bytes.");
            }

            if (type.SequenceEqual("IEND"u8))
            {
                return;
            }

            at += end + SumBytes;
        }
    }

    private static uint Sum(ReadOnlySpan<byte> bytes)
    {
        var sum = uint.MaxValue;
        foreach (var value in bytes)
        {
            sum = Table[(byte)(sum ^ value)] ^ (sum >> 8);
        }

        return ~sum;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (uint i = 0; i < table.Length; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++)
            {
                value = (value & 1) == 0 ? value >> 1 : 0xEDB88320 ^ (value >> 1);
            }

            table[i] = value;
        }

        return table;
    }
}
