using System.Buffers.Binary;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Cawb.Detection.Weights.Pickled;

/// <summary>A zip file as torch.save writes it: entries that are stored as they are.</summary>
/// <remarks>
/// Stricter than the usual readers, which are made for mending: everything that the file says twice must agree, entries must not overlap, and what is read must have its checksum.
/// Nothing is decompressed or written anywhere, so that names and sizes can do no harm. Source: PKWARE's APPNOTE 6.3.10, 4.3 and 4.5.3.
/// </remarks>
internal sealed class ZipFile
{
    private const int EndLength = 22;
    private const int EndLength64 = 56;
    private const int LocatorLength = 20;
    private const int CentralLength = 46;
    private const int LocalLength = 30;
    private const int MaxEntries = 100_000;
    private const int MaxDirectoryLength = 1 << 26;
    private const int MaxNameLength = 512;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly string path;
    private readonly SafeFileHandle file;
    private readonly Dictionary<string, Entry> entries = new(StringComparer.Ordinal);

    /// <summary>Reads the directory of a file.</summary>
    /// <param name="path">For messages.</param>
    /// <param name="file">Stays the caller's.</param>
    /// <exception cref="WeightFileException">The directory is damaged or hostile.</exception>
    public ZipFile(string path, SafeFileHandle file)
    {
        (this.path, this.file) = (path, file);
        ReadDirectory();
    }

    /// <summary>Of all entries.</summary>
    public IEnumerable<string> Names => entries.Keys;

    /// <summary>The length of an entry in bytes; null if there is none of that name.</summary>
    public long? LengthOf(string name) => entries.TryGetValue(name, out var entry) ? entry.Length : null;

    /// <summary>Reads a whole entry and holds it against its checksum.</summary>
    /// <param name="name">Of an entry that is there.</param>
    /// <param name="target">As long as the entry.</param>
    /// <exception cref="WeightFileException">The entry is compressed, encrypted or damaged.</exception>
    public void Read(string name, Span<byte> target)
    {
        var entry = entries[name];
        ReadAt(DataOf(name, entry), target);
        if (Crc32.Of(target) != entry.Checksum)
        {
            throw Damaged($"has the wrong checksum for its entry '{name}'");
        }
    }

    private void ReadDirectory()
    {
        var (start, length, count) = FindDirectory();
        if (count > MaxEntries || length > MaxDirectoryLength || count * CentralLength > length)
        {
            throw Damaged($"claims {count} entries in a directory of {length} bytes");
        }

        var directory = new byte[length];
        ReadAt(start, directory);
        var rest = directory.AsSpan();
        for (var i = 0; i < count; i++)
        {
            rest = ReadEntry(rest, start);
        }

        if (rest.Length > 0)
        {
            throw Damaged($"has {rest.Length} bytes in its directory that belong to no entry");
        }

        RequireOrder(start);
    }

    /// <summary>No entry may reach into the next one, nor the last into the directory.</summary>
    private void RequireOrder(long directoryStart)
    {
        var ordered = entries.OrderBy(pair => pair.Value.Start).ToArray();
        for (var i = 0; i < ordered.Length; i++)
        {
            var (name, entry) = ordered[i];
            var limit = i + 1 < ordered.Length ? ordered[i + 1].Value.Start : directoryStart;

            // What lies between the header and the elements is known only when the entry is read.
            if (entry.Start + LocalLength + Utf8.GetByteCount(name) + entry.Length > limit)
            {
                throw Damaged($"has an entry '{name}' that runs into {(i + 1 < ordered.Length ? $"'{ordered[i + 1].Key}'" : "the directory")}");
            }

            entries[name] = entry with { Limit = limit };
        }
    }

    private (long Start, long Length, long Count) FindDirectory()
    {
        var fileLength = RandomAccess.GetLength(file);
        var tail = new byte[Math.Min(fileLength, EndLength + ushort.MaxValue)];
        ReadAt(fileLength - tail.Length, tail);
        var at = tail.Length - EndLength;
        while (at >= 0 && !(Signed(tail.AsSpan(at), 0x06054b50) && UInt16(tail, at + 20) == tail.Length - at - EndLength))
        {
            at--;
        }

        if (at < 0)
        {
            throw Damaged("is a zip file without the directory that belongs at its end");
        }

        var end = tail.AsSpan(at, EndLength);
        var endsAt = fileLength - tail.Length + at;
        var (count, length, start) = ((long)UInt16(end, 10), (long)UInt32(end, 12), (long)UInt32(end, 16));
        if (UInt16(end, 4) != 0 || UInt16(end, 6) != 0 || UInt16(end, 8) != count)
        {
            throw Damaged("is one part of a zip file of several");
        }

        if (at >= LocatorLength && Signed(tail.AsSpan(at - LocatorLength), 0x07064b50))
        {
            var locatorAt = endsAt - LocatorLength;
            var wideAt = UInt64(tail, at - LocatorLength + 8);
            if (wideAt != locatorAt - EndLength64)
            {
                throw Damaged("has the wide end of its directory not where it says");
            }

            var wide = new byte[EndLength64];
            ReadAt(wideAt, wide);
            if (!Signed(wide, 0x06064b50) || UInt64(wide, 4) != EndLength64 - 12 || UInt32(wide, 16) != 0 || UInt32(wide, 20) != 0 || UInt64(wide, 24) != UInt64(wide, 32)
                || !Agree(count, UInt64(wide, 32), ushort.MaxValue) || !Agree(length, UInt64(wide, 40), uint.MaxValue) || !Agree(start, UInt64(wide, 48), uint.MaxValue))
            {
                throw Damaged("says two different things about its directory");
            }

            (count, length, start) = (UInt64(wide, 32), UInt64(wide, 40), UInt64(wide, 48));
            endsAt = wideAt;
        }

        return length <= endsAt && start == endsAt - length ? (start, length, count) : throw Damaged($"puts its directory at byte {start}, where it is not");
    }

    private Span<byte> ReadEntry(Span<byte> rest, long directoryStart)
    {
        if (rest.Length < CentralLength || !Signed(rest, 0x02014b50))
        {
            throw Damaged("has a directory that ends before its last entry");
        }

        var (nameLength, extraLength, commentLength) = (UInt16(rest, 28), UInt16(rest, 30), UInt16(rest, 32));
        if (rest.Length < CentralLength + nameLength + extraLength + commentLength)
        {
            throw Damaged("has a directory that ends in the middle of an entry");
        }

        var name = Name(rest.Slice(CentralLength, nameLength));
        var (stored, length, start) = ((long)UInt32(rest, 20), (long)UInt32(rest, 24), (long)UInt32(rest, 42));
        Widen(rest.Slice(CentralLength + nameLength, extraLength), ref length, ref stored, ref start);
        var isPlain = UInt16(rest, 10) == 0 && (UInt16(rest, 8) & 1) == 0;
        if (stored < 0 || length < 0 || start < 0 || stored > directoryStart || start > directoryStart || (isPlain && stored != length))
        {
            throw Damaged($"claims {length} bytes, {stored} of them stored, for its entry '{name}' at byte {start}");
        }

        if (!entries.TryAdd(name, new Entry(start, stored, UInt32(rest, 16), isPlain, Limit: start)))
        {
            throw Damaged($"has the entry '{name}' twice");
        }

        return rest[(CentralLength + nameLength + extraLength + commentLength)..];
    }

    /// <summary>Numbers that do not fit into 32 bits stand in an extra field, in this order, those alone that do not fit.</summary>
    private void Widen(ReadOnlySpan<byte> extra, ref long length, ref long stored, ref long start)
    {
        var wide = ReadOnlySpan<byte>.Empty;
        while (extra.Length >= 4)
        {
            var (id, size) = (UInt16(extra, 0), UInt16(extra, 2));
            if (size > extra.Length - 4)
            {
                throw Damaged("has a directory entry that ends in the middle of a field");
            }

            if (id == 1)
            {
                wide = extra.Slice(4, size);
            }

            extra = extra[(4 + size)..];
        }

        length = Next(length, ref wide);
        stored = Next(stored, ref wide);
        start = Next(start, ref wide);
    }

    private long Next(long number, ref ReadOnlySpan<byte> wide)
    {
        if (number != uint.MaxValue)
        {
            return number;
        }

        if (wide.Length < 8)
        {
            throw Damaged("lacks a number of 64 bits in its directory");
        }

        var next = UInt64(wide, 0);
        wide = wide[8..];
        return next;
    }

    private string Name(ReadOnlySpan<byte> encoded)
    {
        try
        {
            var name = Utf8.GetString(encoded);
            return name.Length is > 0 and <= MaxNameLength && name[0] != '/' && !name.AsSpan().ContainsAny('\\', '\0') && !name.Split('/').Contains("..")
                ? name
                : throw Damaged("has an entry whose name leads out of the file");
        }
        catch (DecoderFallbackException)
        {
            throw Damaged("has an entry whose name is no Unicode text");
        }
    }

    /// <summary>Where an entry's bytes begin: after a header of its own, which must say what the directory says.</summary>
    private long DataOf(string name, Entry entry)
    {
        if (!entry.IsPlain)
        {
            throw new WeightFileException(path, $"has the compressed or encrypted entry '{name}'; torch.save stores its entries as they are. Unpack the file and pack it again without compression (zip -0), or save the weights again with torch.save.");
        }

        var header = new byte[LocalLength];
        ReadAt(entry.Start, header);
        var (nameLength, extraLength) = (UInt16(header, 26), UInt16(header, 28));
        var stored = new byte[nameLength];
        ReadAt(entry.Start + LocalLength, stored);
        if (!Signed(header, 0x04034b50) || UInt16(header, 8) != 0 || (UInt16(header, 6) & 1) != 0 || !stored.AsSpan().SequenceEqual(Utf8.GetBytes(name)))
        {
            throw Damaged($"has no header for its entry '{name}' where the directory says");
        }

        // 0 where the sizes follow the bytes, all ones where they stand in an extra field.
        var (first, second) = (UInt32(header, 18), UInt32(header, 22));
        var data = entry.Start + LocalLength + nameLength + extraLength;
        return first == second && (first is 0 or uint.MaxValue || first == entry.Length) && data + entry.Length <= entry.Limit
            ? data
            : throw Damaged($"says two different things about the length of its entry '{name}'");
    }

    private void ReadAt(long offset, Span<byte> target)
    {
        while (target.Length > 0)
        {
            var read = offset < 0 ? 0 : RandomAccess.Read(file, target, offset);
            if (read == 0)
            {
                throw Damaged("ends before what its directory announces");
            }

            target = target[read..];
            offset += read;
        }
    }

    private WeightFileException Damaged(string fault) => new(path, $"{fault}. The file is cut off, damaged or no file of torch.save; get it anew.");

    private static bool Signed(ReadOnlySpan<byte> bytes, uint signature) => bytes.Length >= 4 && UInt32(bytes, 0) == signature;

    private static bool Agree(long narrow, long wide, long marker) => narrow == wide || narrow == marker;

    private static ushort UInt16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint UInt32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static long UInt64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]);

    /// <summary>Bytes that begin after the header at <paramref name="Start"/> and end before <paramref name="Limit"/>.</summary>
    private readonly record struct Entry(long Start, long Length, uint Checksum, bool IsPlain, long Limit);
}
