using System.Buffers.Binary;
using System.Text;

namespace Cawb.Detection.Tests.Weights;

/// <summary>Writes zip files as torch.save does, and such as it never would.</summary>
internal static class ZipBytes
{
    /// <summary>An entry; what is set besides name and content contradicts them.</summary>
    internal sealed record Entry(string Name, byte[] Content)
    {
        public ushort Method { get; init; }

        public uint? Checksum { get; init; }

        public uint? ClaimedLength { get; init; }

        public string? LocalName { get; init; }

        public long? Start { get; init; }
    }

    /// <summary>A whole file of PyTorch: a pickle, and two rows of three halves as its storage 0.</summary>
    public static byte[] OfTorch(byte[] pickle, params Entry[] more) =>
        Of([new Entry("w/data.pkl", pickle), new Entry("w/data/0", new byte[12]), .. more, new Entry("w/version", "3\n"u8.ToArray())]);

    public static byte[] Of(params Entry[] entries) => Of(entries, isWide: true, change: null);

    /// <param name="entries">In their order.</param>
    /// <param name="isWide">Whether the directory's end is there with 64 bits, too.</param>
    /// <param name="change">Given the ends of the directory: 56 bytes of the wide one and 20 of its locator, where there are any, and 22.</param>
    public static byte[] Of(Entry[] entries, bool isWide, Action<byte[]>? change)
    {
        var file = new MemoryStream();
        var directory = new MemoryStream();
        foreach (var entry in entries)
        {
            var start = entry.Start ?? file.Length;
            var name = Encoding.UTF8.GetBytes(entry.Name);
            var localName = Encoding.UTF8.GetBytes(entry.LocalName ?? entry.Name);
            var crc = entry.Checksum ?? Checksum(entry.Content);
            var length = entry.ClaimedLength ?? (uint)entry.Content.Length;
            Write(file, [(4, 0x04034b50), (2, 0), (2, 0x808), (2, entry.Method), (4, 0), (4, 0), (4, 0), (4, 0), (2, localName.Length), (2, 4)]);
            file.Write(localName);
            Write(file, [(2, 0x4246), (2, 0)]);
            file.Write(entry.Content);
            Write(directory, [(4, 0x02014b50), (2, 0), (2, 0), (2, 0x808), (2, entry.Method), (4, 0), (4, crc), (4, length), (4, length), (2, name.Length), (2, 0), (2, 0), (2, 0), (2, 0), (4, 0), (4, start)]);
            directory.Write(name);
        }

        var directoryStart = file.Length;
        directory.WriteTo(file);
        var end = new MemoryStream();
        if (isWide)
        {
            Write(end, [(4, 0x06064b50), (8, 44), (2, 45), (2, 45), (4, 0), (4, 0), (8, entries.Length), (8, entries.Length), (8, directory.Length), (8, directoryStart)]);
            Write(end, [(4, 0x07064b50), (4, 0), (8, file.Length), (4, 1)]);
        }

        Write(end, [(4, 0x06054b50), (2, 0), (2, 0), (2, entries.Length), (2, entries.Length), (4, directory.Length), (4, directoryStart), (2, 0)]);
        var ends = end.ToArray();
        change?.Invoke(ends);
        file.Write(ends);
        return file.ToArray();
    }

    /// <summary>Bit by bit, as the definition has it.</summary>
    public static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
            }
        }

        return ~crc;
    }

    private static void Write(Stream target, (int Width, long Value)[] numbers)
    {
        Span<byte> bytes = stackalloc byte[8];
        foreach (var (width, value) in numbers)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
            target.Write(bytes[..width]);
        }
    }
}
