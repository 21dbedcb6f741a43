using System.Buffers.Binary;
using System.Text;

namespace Cawb.Detection.Tests.Images;

/// <summary>PNG files with blocks that our encoder does not write.</summary>
internal static class PngFiles
{
    /// <summary>A block: length, type, content, checksum.</summary>
    public static byte[] Block(string type, byte[] content)
    {
        byte[] summed = [.. Encoding.Latin1.GetBytes(type), .. content];
        var block = new byte[summed.Length + 8];
        BinaryPrimitives.WriteInt32BigEndian(block, content.Length);
        summed.CopyTo(block, 4);
        BinaryPrimitives.WriteUInt32BigEndian(block.AsSpan(summed.Length + 4), Checksum(summed));
        return block;
    }

    /// <summary>The file with more blocks before the first one of a type.</summary>
    public static byte[] Before(ReadOnlySpan<byte> type, byte[] png, byte[] blocks)
    {
        var at = png.AsSpan().IndexOf(type) - 4;
        return [.. png[..at], .. blocks, .. png[at..]];
    }

    // CRC-32 bit by bit (PNG specification, third edition, annex D).
    private static uint Checksum(byte[] bytes)
    {
        var sum = uint.MaxValue;
        foreach (var value in bytes)
        {
            sum ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                sum = (sum & 1) == 0 ? sum >> 1 : 0xEDB88320 ^ (sum >> 1);
            }
        }

        return ~sum;
    }
}
