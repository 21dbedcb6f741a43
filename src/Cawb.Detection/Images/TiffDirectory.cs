using System.Buffers.Binary;

namespace Cawb.Detection.Images;

/// <summary>What the directory of a TIFF file's page says (TIFF revision 6.0; BigTIFF has the same with offsets of 64 bits).</summary>
/// <param name="Width">Pixels in a row as they are stored.</param>
/// <param name="Height">Rows as they are stored.</param>
/// <param name="Bits">Of a channel.</param>
/// <param name="Channels">Of a pixel.</param>
/// <param name="Compression">1 for none.</param>
/// <param name="Orientation">1 upright to 8, as in EXIF data.</param>
internal readonly record struct TiffDirectory(uint Width, uint Height, int Bits, int Channels, int Compression, int Orientation)
{
    private const int MostEntries = 4096;
    private const int MostPages = 1024;
    private const int Uncompressed = 1;
    private const ushort FloatingPoint = 3;

    /// <summary>True when a file begins as TIFF or BigTIFF do, in either order of bytes.</summary>
    internal static bool IsTiff(ReadOnlySpan<byte> start) => ExifOrientation.IsTiff(start) || IsBig(start);

    /// <summary>The directory of the one page.</summary>
    /// <exception cref="ImageException">It is cut off, has several pages, or pixels that are not read.</exception>
    internal static TiffDirectory Read(Stream file, string path)
    {
        var reader = new Reader(file, path);
        var first = reader.ReadDirectory();
        if (first.Format == FloatingPoint)
        {
            throw new ImageException(path, "Is a TIFF file with floating-point pixels, which are not read. Save it with 8 bits per channel.");
        }

        for (var pages = 1; reader.HasMore && pages < MostPages; pages++)
        {
            if (!reader.ReadDirectory().IsReduced)
            {
                throw new ImageException(path, "Is a TIFF file of several pages. Save each page that is meant as a file of its own.");
            }
        }

        return first.Page;
    }

    /// <summary>No page of a file of this length can have more.</summary>
    internal long MostPixels(long fileBytes)
    {
        // The best that LZW and Deflate can do is a little above 1,000 to 1; of bitmaps a whole row may take one bit.
        var bits = Math.Max(1L, (long)Bits * Channels);
        return Compression == Uncompressed ? fileBytes * 8 / bits : bits == 1 ? long.MaxValue : fileBytes * 8 * 1400 / bits;
    }

    private static bool IsBig(ReadOnlySpan<byte> start) => start.StartsWith((ReadOnlySpan<byte>)[(byte)'I', (byte)'I', 43, 0, 8, 0, 0, 0]) || start.StartsWith((ReadOnlySpan<byte>)[(byte)'M', (byte)'M', 0, 43, 0, 8, 0, 0]);

    /// <summary>Goes from directory to directory.</summary>
    private sealed class Reader
    {
        private readonly Stream file;
        private readonly string path;
        private readonly bool isLittleEndian;
        private readonly bool isBig;
        private ulong next;

        public Reader(Stream file, string path)
        {
            (this.file, this.path) = (file, path);
            Span<byte> start = stackalloc byte[16];
            file.Position = 0;
            Fill(start[..8]);
            isLittleEndian = start[0] == 'I';
            isBig = IsBig(start);
            if (isBig)
            {
                Fill(start[8..]);
            }

            next = isBig ? UInt64(start[8..]) : UInt32(start[4..]);
        }

        public bool HasMore => next != 0;

        public (TiffDirectory Page, bool IsReduced, int Format) ReadDirectory()
        {
            Span<byte> number = stackalloc byte[8];
            Span<byte> entry = stackalloc byte[isBig ? 20 : 12];
            Seek(next);
            Fill(number[..(isBig ? 8 : 2)]);
            var count = isBig ? UInt64(number) : UInt16(number);
            if (count is 0 or > MostEntries)
            {
                throw new ImageException(path, "Is damaged: the directory of the TIFF file is no such thing.");
            }

            uint width = 0, height = 0;
            int bits = 1, channels = 1, compression = Uncompressed, orientation = ExifOrientation.Upright, format = 1;
            var isReduced = false;
            for (var i = 0; i < (int)count; i++)
            {
                Fill(entry);
                var (tag, type) = (UInt16(entry), UInt16(entry[2..]));
                var values = isBig ? UInt64(entry[4..]) : UInt32(entry[4..]);
                var value = Value(entry[(isBig ? 12 : 8)..], type, values);
                switch (tag)
                {
                    case 254: isReduced = (value & 1) != 0; break;
                    case 256: width = value; break;
                    case 257: height = value; break;
                    case 258: bits = (int)Math.Min(value, 64); break;
                    case 259: compression = (int)Math.Min(value, ushort.MaxValue); break;
                    case 274: orientation = value is >= 1 and <= 8 ? (int)value : ExifOrientation.Upright; break;
                    case 277: channels = (int)Math.Min(value, 1024); break;
                    case 339: format = (int)Math.Min(value, ushort.MaxValue); break;
                }
            }

            Fill(number[..(isBig ? 8 : 4)]);
            next = isBig ? UInt64(number) : UInt32(number);
            return (new TiffDirectory(width, height, bits, channels, compression, orientation), isReduced, format);
        }

        // The first value of an entry; several that do not fit into it lie elsewhere.
        private uint Value(ReadOnlySpan<byte> field, ushort type, ulong count)
        {
            var bytes = type switch { 1 => 1, 3 => 2, 4 => 4, 16 => 8, _ => 0 };
            if (bytes == 0 || count == 0)
            {
                return 0;
            }

            if (count > (ulong)(field.Length / bytes))
            {
                Span<byte> elsewhere = stackalloc byte[8];
                var back = file.Position;
                Seek(isBig ? UInt64(field) : UInt32(field));
                Fill(elsewhere[..bytes]);
                file.Position = back;
                return Number(elsewhere, bytes);
            }

            return Number(field, bytes);
        }

        private uint Number(ReadOnlySpan<byte> field, int bytes) => bytes switch
        {
            1 => field[0],
            2 => UInt16(field),
            4 => UInt32(field),
            _ => (uint)Math.Min(UInt64(field), uint.MaxValue),
        };

        private void Seek(ulong position)
        {
            if (position >= (ulong)file.Length)
            {
                throw new ImageException(path, $"Is cut off or damaged: a part of the TIFF file lies at byte {position}, behind its {file.Length} bytes.");
            }

            file.Position = (long)position;
        }

        private void Fill(Span<byte> destination)
        {
            if (file.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false) < destination.Length)
            {
                throw new ImageException(path, "Is cut off inside its header.");
            }
        }

        private ushort UInt16(ReadOnlySpan<byte> bytes) => isLittleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

        private uint UInt32(ReadOnlySpan<byte> bytes) => isLittleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);

        private ulong UInt64(ReadOnlySpan<byte> bytes) => isLittleEndian ? BinaryPrimitives.ReadUInt64LittleEndian(bytes) : BinaryPrimitives.ReadUInt64BigEndian(bytes);
    }
}
