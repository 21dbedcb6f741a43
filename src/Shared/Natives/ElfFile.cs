using System.Buffers.Binary;
using System.Text;

namespace Cawb.Natives;

/// <summary>What a shared library of a 64-bit Linux asks of others, read as the system's loader reads it. Whatever lies outside the file is refused.</summary>
/// <remarks>The format: System V Application Binary Interface, Object Files (ELF); versions of symbols: Linux Standard Base, Symbol Versioning.</remarks>
internal readonly ref struct ElfFile
{
    private const int SegmentSize = 56;
    private const int EntrySize = 16;
    private const int LongestName = 4096;
    private const int MostEntries = 1 << 16;

    private readonly ReadOnlySpan<byte> bytes;
    private readonly ReadOnlySpan<byte> segments;
    private readonly ReadOnlySpan<byte> entries;
    private readonly ReadOnlySpan<byte> texts;

    /// <exception cref="InvalidDataException">The bytes are no such library.</exception>
    public ElfFile(ReadOnlySpan<byte> bytes)
    {
        this.bytes = bytes;
        ReadOnlySpan<byte> expected = [0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1];
        if (bytes.Length < 64 || !bytes.StartsWith(expected) || UInt16(bytes, 54) != SegmentSize)
        {
            throw new InvalidDataException("it is no 64-bit ELF library");
        }

        segments = Part(bytes, UInt64(bytes, 32), (ulong)UInt16(bytes, 56) * SegmentSize);
        for (var at = 0; at < segments.Length; at += SegmentSize)
        {
            if (UInt32(segments, at) == 2)
            {
                entries = Part(bytes, UInt64(segments, at + 8), UInt64(segments, at + 32));
            }
        }

        entries = entries[..(entries.Length / EntrySize * EntrySize)];
        texts = Table(ElfEntry.Texts, ElfEntry.TextsSize);
    }

    /// <summary>The names of the libraries that it needs, in order.</summary>
    public List<string> Needed()
    {
        var names = new List<string>();
        for (var at = 0; at < entries.Length && UInt64(entries, at) != 0; at += EntrySize)
        {
            if (UInt64(entries, at) == (ulong)ElfEntry.Needed)
            {
                names.Add(Text(UInt64(entries, at + 8)));
            }
        }

        return names;
    }

    /// <summary>Those of which it asks for no version. Those of C and C++ have versions, and it cannot do without them.</summary>
    public IEnumerable<string> NeededWithoutVersion() => Needed().Except(Versions().Select(version => version.Library), StringComparer.Ordinal);

    /// <summary>The versions that it asks for.</summary>
    public List<ElfVersion> Versions()
    {
        var versions = new List<ElfVersion>();
        if (Value(ElfEntry.Versions) is not { } address)
        {
            return versions;
        }

        var libraries = Value(ElfEntry.VersionCount) ?? 0;
        if (libraries > MostEntries)
        {
            throw TooMany();
        }

        var at = Place(address);
        for (ulong i = 0; i < libraries; i++)
        {
            var head = Part(bytes, at, 16);
            var library = Text(UInt32(head, 4));
            var inner = at + UInt32(head, 8);
            for (var j = UInt16(head, 2); j > 0; j--)
            {
                var version = Part(bytes, inner, 16);
                versions.Add(new ElfVersion(library, Text(UInt32(version, 8)), UInt16(version, 6), (int)inner + 4));
                if (versions.Count > MostEntries)
                {
                    throw TooMany();
                }

                inner += UInt32(version, 12);
            }

            if (UInt32(head, 12) == 0)
            {
                break;
            }

            at += UInt32(head, 12);
        }

        return versions;
    }

    /// <summary>The numbers of the versions of all symbols that something in the library refers to; null if it refers to them in a way that is not read here.</summary>
    public HashSet<int>? UsedVersions()
    {
        var used = new HashSet<int>();
        if (Value(ElfEntry.OtherRelocations) is not null || Value(ElfEntry.SymbolVersions) is not { } numbers)
        {
            return null;
        }

        var start = Place(numbers);
        foreach (var relocations in (ReadOnlySpan<(ElfEntry, ElfEntry)>)[(ElfEntry.Relocations, ElfEntry.RelocationsSize), (ElfEntry.LazyRelocations, ElfEntry.LazyRelocationsSize)])
        {
            var table = Table(relocations.Item1, relocations.Item2);
            for (var at = 0; at <= table.Length - 24; at += 24)
            {
                var symbol = UInt32(table, at + 12);
                if (symbol != 0)
                {
                    used.Add(UInt16(Part(bytes, start + (2UL * symbol), 2), 0) & 0x7fff);
                }
            }
        }

        return used;
    }

    private static InvalidDataException TooMany() => new("it asks for too many versions");

    private static ReadOnlySpan<byte> Part(ReadOnlySpan<byte> bytes, ulong start, ulong length) =>
        start <= (ulong)bytes.Length && length <= (ulong)bytes.Length - start
            ? bytes.Slice((int)start, (int)length)
            : throw new InvalidDataException("it names places outside itself");

    private static ushort UInt16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint UInt32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static ulong UInt64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]);

    private ulong? Value(ElfEntry wanted)
    {
        for (var at = 0; at < entries.Length && UInt64(entries, at) != 0; at += EntrySize)
        {
            if (UInt64(entries, at) == (ulong)wanted)
            {
                return UInt64(entries, at + 8);
            }
        }

        return null;
    }

    /// <summary>A table that one entry places and another measures; empty if there is none.</summary>
    private ReadOnlySpan<byte> Table(ElfEntry start, ElfEntry size) => Value(start) is { } address ? Part(bytes, Place(address), Value(size) ?? 0) : default;

    /// <summary>Where in the file lies what the loader puts at an address.</summary>
    private ulong Place(ulong address)
    {
        for (var at = 0; at < segments.Length; at += SegmentSize)
        {
            var (offset, first, length) = (UInt64(segments, at + 8), UInt64(segments, at + 16), UInt64(segments, at + 32));
            if (UInt32(segments, at) == 1 && address >= first && address - first < length && offset <= (ulong)bytes.Length && length <= (ulong)bytes.Length - offset)
            {
                return offset + (address - first);
            }
        }

        throw new InvalidDataException("it names places outside itself");
    }

    private string Text(ulong start)
    {
        var rest = Part(texts, start, Math.Min((ulong)texts.Length - Math.Min(start, (ulong)texts.Length), LongestName));
        var end = rest.IndexOf((byte)0);
        return end >= 0 ? Encoding.Latin1.GetString(rest[..end]) : throw new InvalidDataException("it has a name without an end");
    }
}
