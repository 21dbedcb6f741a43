using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Cawb.Detection.Natives;

/// <summary>Makes a shared library that has a name and nothing else.</summary>
/// <remarks>The format: System V Application Binary Interface, Object Files (ELF), 64-bit, little-endian.</remarks>
internal static class StandIn
{
    private const int HeaderSize = 64;
    private const int SegmentSize = 56;
    private const int Segments = 3;
    private const int HashStart = HeaderSize + (Segments * SegmentSize);
    private const int SymbolStart = HashStart + 24;
    private const int DynamicStart = SymbolStart + 24;
    private const int Entries = 7;
    private const int TextStart = DynamicStart + (Entries * 16);

    /// <summary>The bytes of such a library for the processor of this process.</summary>
    /// <param name="name">Its SONAME, in ASCII: <c>libgtk-3.so.0</c>.</param>
    public static byte[] Of(string name)
    {
        var text = Encoding.ASCII.GetBytes($"\0{name}\0");
        var bytes = new byte[TextStart + text.Length];
        ReadOnlySpan<byte> identification = [0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1];
        identification.CopyTo(bytes);
        Put16(bytes, 16, 3); // a shared library
        Put16(bytes, 18, RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? (ushort)183 : (ushort)62);
        Put32(bytes, 20, 1);
        Put64(bytes, 32, HeaderSize);
        Put16(bytes, 52, HeaderSize);
        Put16(bytes, 54, SegmentSize);
        Put16(bytes, 56, Segments);
        Put16(bytes, 58, 64);

        // Writable, because the system's loader writes addresses into the dynamic section. Without the third, it would make the program's stack executable.
        PutSegment(bytes, 0, kind: 1, start: 0, bytes.Length, alignment: 0x10000);
        PutSegment(bytes, 1, kind: 2, start: DynamicStart, Entries * 16, alignment: 8);
        PutSegment(bytes, 2, kind: 0x6474e551, start: 0, 0, alignment: 16);

        // A hash table of one bucket, and the one symbol that every table begins with.
        Put32(bytes, HashStart, 1);
        Put32(bytes, HashStart + 4, 1);

        ReadOnlySpan<(ulong Tag, ulong Value)> entries =
            [(14, 1), (4, HashStart), (5, TextStart), (6, SymbolStart), (10, (ulong)text.Length), (11, 24), (0, 0)];
        for (var i = 0; i < Entries; i++)
        {
            Put64(bytes, DynamicStart + (i * 16), entries[i].Tag);
            Put64(bytes, DynamicStart + (i * 16) + 8, entries[i].Value);
        }

        text.CopyTo(bytes, TextStart);
        return bytes;
    }

    private static void PutSegment(Span<byte> bytes, int index, uint kind, ulong start, int size, ulong alignment)
    {
        var at = HeaderSize + (index * SegmentSize);
        Put32(bytes, at, kind);
        Put32(bytes, at + 4, 6); // readable and writable
        Put64(bytes, at + 8, start);
        Put64(bytes, at + 16, start);
        Put64(bytes, at + 24, start);
        Put64(bytes, at + 32, (ulong)size);
        Put64(bytes, at + 40, (ulong)size);
        Put64(bytes, at + 48, alignment);
    }

    private static void Put16(Span<byte> bytes, int at, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(bytes[at..], value);

    private static void Put32(Span<byte> bytes, int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(bytes[at..], value);

    private static void Put64(Span<byte> bytes, int at, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(bytes[at..], value);
}
