using System.Buffers.Binary;
using System.Numerics;
using Cawb.Detection.Images;

namespace Cawb.Digits;

/// <summary>PNG files without compression: the bytes depend on the pixels alone, while those of a compressor change with its version.</summary>
/// <remarks>Format: PNG (ISO/IEC 15948), zlib (RFC 1950) and stored deflate blocks (RFC 1951, 3.2.4).</remarks>
internal static class StoredPng
{
    private const int MaxBlock = 65535;

    private static readonly uint[] CrcTable = BuildCrcTable();

    internal static byte[] Encode(Image image)
    {
        var row = image.Width * Image.Channels;
        var raw = new byte[(row + 1) * image.Height];
        for (var y = 0; y < image.Height; y++)
        {
            // Each row starts with the number of its filter, 0 for none; PNG has red first.
            var target = raw.AsSpan(y * (row + 1) + 1, row);
            var source = image.Row(y);
            for (var i = 0; i < row; i += Image.Channels)
            {
                (target[i], target[i + 1], target[i + 2]) = (source[i + 2], source[i + 1], source[i]);
            }
        }

        using var file = new MemoryStream(raw.Length + 1024);
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, image.Width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], image.Height);
        // 8 bits a channel, red-green-blue, and the only method of compression, filtering and interlacing.
        header[8] = 8;
        header[9] = 2;
        WriteChunk(file, "IHDR"u8, header);
        WriteChunk(file, "IDAT"u8, Stored(raw));
        WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static byte[] Stored(byte[] raw)
    {
        using var stream = new MemoryStream(raw.Length + 64);
        stream.Write([0x78, 0x01]);
        Span<byte> head = stackalloc byte[5];
        for (var start = 0; start < raw.Length; start += MaxBlock)
        {
            var length = Math.Min(MaxBlock, raw.Length - start);
            head[0] = start + length == raw.Length ? (byte)1 : (byte)0;
            BinaryPrimitives.WriteUInt16LittleEndian(head[1..], (ushort)length);
            BinaryPrimitives.WriteUInt16LittleEndian(head[3..], (ushort)~length);
            stream.Write(head);
            stream.Write(raw, start, length);
        }

        Span<byte> checksum = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(checksum, Adler32(raw));
        stream.Write(checksum);
        return stream.ToArray();
    }

    private static void WriteChunk(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(type);
        file.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(Crc(uint.MaxValue, type), data));
        file.Write(number);
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> data)
    {
        foreach (var value in data)
        {
            crc = CrcTable[(byte)(crc ^ value)] ^ (crc >> 8);
        }

        return crc;
    }

    private static uint[] BuildCrcTable()
    {
        var table = new uint[256];
        for (var i = 0u; i < 256; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++)
            {
                value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ 0xEDB88320u;
            }

            table[i] = value;
        }

        return table;
    }

    private static uint Adler32(ReadOnlySpan<byte> data)
    {
        uint a = 1, b = 0;
        foreach (var value in data)
        {
            a = (a + value) % 65521;
            b = (b + a) % 65521;
        }

        return BitOperations.RotateLeft(b, 16) | a;
    }
}
