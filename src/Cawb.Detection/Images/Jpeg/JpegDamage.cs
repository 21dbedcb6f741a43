using System.Buffers.Binary;

namespace Cawb.Detection.Images.Jpeg;

/// <summary>Finds out whether all of a JPEG file can be decoded, by walking over every code of it (ITU-T T.81).</summary>
/// <remarks>
/// A decoder goes on behind damage as well as it can, and does not say so. What is found: no end mark, bytes that belong to no block, restart marks out of order, codes that are none, and data
/// that end before or after the last block. Values that were changed into other valid ones of the same length are not found. Of arithmetic, lossless and hierarchical coding, and of
/// files without Huffman tables, only the marks are looked at.
/// </remarks>
internal ref struct JpegDamage
{
    private const int TablesOfAKind = 4;
    private const long MaxPixels = 1L << 26;

    // Behind the last block of a scan some writers fill up to an even length.
    private const int ToleratedBytes = 1;

    private readonly ReadOnlySpan<byte> file;
    private readonly JpegHuffmanTable?[] tables = new JpegHuffmanTable?[2 * TablesOfAKind];
    private JpegFrame? frame;
    private int restartInterval;
    private int at = 2;

    private JpegDamage(ReadOnlySpan<byte> file) => this.file = file;

    /// <summary>False for a file of another format too.</summary>
    /// <param name="file">The whole file.</param>
    internal static bool IsIn(ReadOnlySpan<byte> file) => file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) && new JpegDamage(file).Walk();

    private bool Walk()
    {
        while (NextMarker() is { } marker)
        {
            // These stand alone, without a length.
            if (marker is 0x01 or (>= 0xD0 and <= 0xD8))
            {
                continue;
            }

            if (marker == 0xD9)
            {
                return false;
            }

            if (at + 2 > file.Length || BinaryPrimitives.ReadUInt16BigEndian(file[at..]) is var length && (length < 2 || at + length > file.Length))
            {
                return true;
            }

            var block = file[(at + 2)..(at + length)];
            at += length;
            var isSound = marker switch
            {
                0xC0 or 0xC1 or 0xC2 => ReadFrame(block, isProgressive: marker == 0xC2),
                0xC4 => ReadTables(block),
                0xDA => ReadScan(block),
                0xDD => ReadRestartInterval(block),
                _ => true,
            };
            if (!isSound)
            {
                return true;
            }
        }

        return true;
    }

    // Moves behind the marker that must be here; null where there is none.
    private byte? NextMarker()
    {
        if (at >= file.Length || file[at] != 0xFF)
        {
            return null;
        }

        while (at < file.Length && file[at] == 0xFF)
        {
            at++;
        }

        return at < file.Length && file[at] != 0 ? file[at++] : null;
    }

    private bool ReadFrame(ReadOnlySpan<byte> block, bool isProgressive)
    {
        if (block.Length >= 5 && (long)BinaryPrimitives.ReadUInt16BigEndian(block[1..]) * BinaryPrimitives.ReadUInt16BigEndian(block[3..]) > MaxPixels)
        {
            return true;
        }

        frame = JpegFrame.Read(block, isProgressive);
        return frame is not null;
    }

    private readonly bool ReadTables(ReadOnlySpan<byte> block)
    {
        while (block.Length > 0)
        {
            // The upper half says whether it is for constant parts (0) or the others (1), the lower half which of four.
            var place = block[0];
            block = block[1..];
            if ((place & 0xEF) >= TablesOfAKind || JpegHuffmanTable.Read(ref block) is not { } table)
            {
                return false;
            }

            tables[(place >> 4) * TablesOfAKind + (place & 15)] = table;
        }

        return true;
    }

    private bool ReadRestartInterval(ReadOnlySpan<byte> block)
    {
        restartInterval = block.Length == 2 ? BinaryPrimitives.ReadUInt16BigEndian(block) : 0;
        return block.Length == 2;
    }

    private bool ReadScan(ReadOnlySpan<byte> header)
    {
        if (frame is null || tables.All(table => table is null))
        {
            // A coding that is not known here.
            do
            {
                NextSegment();
            }
            while (NextRestart() is not null);
            return true;
        }

        if (JpegScan.Read(header, frame, tables) is not { } scan)
        {
            return false;
        }

        for (int unit = 0, restart = 0; ; restart = (restart + 1) % 8)
        {
            var count = restartInterval == 0 ? scan.Units : Math.Min(restartInterval, scan.Units - unit);
            var bits = new JpegBits(NextSegment());
            if (!scan.Walk(ref bits, unit, count))
            {
                return false;
            }

            unit += count;
            if (unit == scan.Units)
            {
                return bits.UnusedBytes <= ToleratedBytes;
            }

            if (bits.UnusedBytes > 0 || NextRestart() != restart)
            {
                return false;
            }
        }
    }

    // The bytes up to the next marker, which comes next then.
    private ReadOnlySpan<byte> NextSegment()
    {
        for (var start = at; ; at++)
        {
            if (file[at..].IndexOf((byte)0xFF) is var offset && offset < 0)
            {
                at = file.Length;
                return file[start..];
            }

            at += offset;
            var end = at;
            while (at + 1 < file.Length && file[at + 1] == 0xFF)
            {
                at++;
            }

            if (at + 1 == file.Length || file[at + 1] != 0)
            {
                return file[start..end];
            }
        }
    }

    // The number of the restart marker that comes here, and moves behind it; null for another marker.
    private int? NextRestart()
    {
        if (at + 1 >= file.Length || file[at + 1] is not (>= 0xD0 and <= 0xD7))
        {
            return null;
        }

        at += 2;
        return file[at - 1] - 0xD0;
    }
}
