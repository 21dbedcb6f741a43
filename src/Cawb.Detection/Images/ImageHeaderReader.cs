using System.Buffers.Binary;

namespace Cawb.Detection.Images;

/// <summary>Walks over the blocks of the formats up to the one that has the size.</summary>
internal static class ImageHeaderReader
{
    // The end marker is looked for in this many last bytes, because some cameras append data of their own.
    private const int TailBytes = 65536;

    private const int MaxSide = 1 << 20;
    private const int MaxPixels = 178_000_000;

    internal static ImageHeader Read(Stream file, string path)
    {
        Span<byte> start = stackalloc byte[32];
        var length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        start = start[..length];
        if (length == 0)
        {
            throw new ImageException(path, "The file is empty.");
        }

        if (start.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]))
        {
            return Png(file, path);
        }

        if (start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
        {
            return Jpeg(file, path);
        }

        if (length >= 30 && start.StartsWith("RIFF"u8) && start[8..].StartsWith("WEBP"u8))
        {
            return WebP(start, path);
        }

        if (length >= 26 && start.StartsWith("BM"u8))
        {
            return Bmp(start, path);
        }

        if (TiffDirectory.IsTiff(start))
        {
            return Tiff(file, path);
        }

        throw new ImageException(path, $"Is no image: its first bytes are those of no JPEG, PNG, WebP, BMP or TIFF file{OtherFormat(start)}.");
    }

    private static ImageHeader Png(Stream file, string path)
    {
        Span<byte> chunk = stackalloc byte[8];
        Span<byte> size = stackalloc byte[9];
        int width = 0, height = 0, bits = 8;
        int? orientation = null;
        file.Position = 8;
        while (true)
        {
            ReadExactly(file, chunk, path);
            var length = BinaryPrimitives.ReadUInt32BigEndian(chunk);
            var type = chunk[4..];
            var next = file.Position + length + 4;
            if (width == 0 && !type.SequenceEqual("IHDR"u8))
            {
                throw new ImageException(path, "Is a PNG file without a header.");
            }

            if (type.SequenceEqual("IHDR"u8))
            {
                ReadExactly(file, size, path);
                (width, height) = Size(path, BinaryPrimitives.ReadUInt32BigEndian(size), BinaryPrimitives.ReadUInt32BigEndian(size[4..]));
                bits = Math.Max(8, (int)size[8]);
            }
            else if (type.SequenceEqual("eXIf"u8) && orientation is null && length is > 0 and < 1 << 20)
            {
                var tiff = new byte[length];
                ReadExactly(file, tiff, path);
                orientation = ExifOrientation.IsTiff(tiff) ? ExifOrientation.Read(tiff) : null;
            }
            else if (type.SequenceEqual("IDAT"u8))
            {
                break;
            }

            file.Position = next;
        }

        RequireTail(file, path, "PNG", "IEND"u8);
        return Turned(ImageFormat.Png, width, height, orientation ?? PngOrientation.OfTail(Tail(file, TailBytes, path))) with { Bits = bits };
    }

    private static ImageHeader Jpeg(Stream file, string path)
    {
        Span<byte> marker = stackalloc byte[4];
        Span<byte> frame = stackalloc byte[5];
        int? orientation = null;
        file.Position = 2;
        while (true)
        {
            ReadExactly(file, marker[..2], path);
            while (marker[1] == 0xFF)
            {
                ReadExactly(file, marker.Slice(1, 1), path);
            }

            if (marker[0] != 0xFF || marker[1] is 0xD9 or 0xDA)
            {
                throw new ImageException(path, "Is a JPEG file without a frame header.");
            }

            if (marker[1] is 0x01 or (>= 0xD0 and <= 0xD8))
            {
                continue;
            }

            ReadExactly(file, marker[2..], path);
            var length = BinaryPrimitives.ReadUInt16BigEndian(marker[2..]);
            var next = file.Position + length - 2;
            if (marker[1] is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                ReadExactly(file, frame, path);
                var (width, height) = Size(path, BinaryPrimitives.ReadUInt16BigEndian(frame[3..]), BinaryPrimitives.ReadUInt16BigEndian(frame[1..]));
                RequireTail(file, path, "JPEG", [0xFF, 0xD9]);

                // A block of 8 x 8 pixels takes a bit at least.
                RequireRoomFor(width, height, file.Length * 512, file, path);
                return Turned(ImageFormat.Jpeg, width, height, orientation ?? ExifOrientation.Upright);
            }

            if (marker[1] == 0xE1 && orientation is null && length > 8)
            {
                var block = new byte[length - 2];
                ReadExactly(file, block, path);
                if (block.AsSpan().StartsWith("Exif\0\0"u8))
                {
                    orientation = ExifOrientation.Read(block.AsSpan(6));
                }
            }

            file.Position = next;
        }
    }

    private static ImageHeader WebP(ReadOnlySpan<byte> start, string path)
    {
        var body = start[20..];
        return start[12..16] switch
        {
            var kind when kind.SequenceEqual("VP8 "u8) => Header(
                BinaryPrimitives.ReadUInt16LittleEndian(body[6..]) & 0x3FFFu, BinaryPrimitives.ReadUInt16LittleEndian(body[8..]) & 0x3FFFu),
            var kind when kind.SequenceEqual("VP8L"u8) => Header(
                (BinaryPrimitives.ReadUInt32LittleEndian(body[1..]) & 0x3FFF) + 1, ((BinaryPrimitives.ReadUInt32LittleEndian(body[1..]) >> 14) & 0x3FFF) + 1),
            // The second bit of an extended file's flags (RFC 9649, 2.7).
            var kind when kind.SequenceEqual("VP8X"u8) && (body[0] & 2) != 0 => throw new ImageException(path, "Is an animation; save the image that is meant as a file of its own."),
            var kind when kind.SequenceEqual("VP8X"u8) => Header(
                (BinaryPrimitives.ReadUInt32LittleEndian(body[4..]) & 0xFFFFFF) + 1, (BinaryPrimitives.ReadUInt32LittleEndian(body[6..]) >> 8) + 1),
            _ => throw new ImageException(path, "Is a WebP file of an unknown kind."),
        };

        ImageHeader Header(uint width, uint height)
        {
            var (w, h) = Size(path, width, height);
            return new ImageHeader(ImageFormat.WebP, w, h);
        }
    }

    private static ImageHeader Bmp(ReadOnlySpan<byte> start, string path)
    {
        var infoBytes = BinaryPrimitives.ReadUInt32LittleEndian(start[14..]);
        var (width, height) = infoBytes == 12
            ? Size(path, BinaryPrimitives.ReadUInt16LittleEndian(start[18..]), BinaryPrimitives.ReadUInt16LittleEndian(start[20..]))
            // A negative height means rows from the top.
            : Size(path, BinaryPrimitives.ReadUInt32LittleEndian(start[18..]), (uint)Math.Abs((long)BinaryPrimitives.ReadInt32LittleEndian(start[22..])));
        return new ImageHeader(ImageFormat.Bmp, width, height);
    }

    private static ImageHeader Tiff(Stream file, string path)
    {
        var page = TiffDirectory.Read(file, path);
        var (width, height) = Size(path, page.Width, page.Height);
        RequireRoomFor(width, height, page.MostPixels(file.Length), file, path);
        return Turned(ImageFormat.Tiff, width, height, page.Orientation) with { Bits = Math.Max(8, page.Bits) };
    }

    private static ImageHeader Turned(ImageFormat format, int width, int height, int orientation) =>
        ExifOrientation.SwapsSides(orientation) ? new ImageHeader(format, height, width) { HasSwappedSides = true } : new ImageHeader(format, width, height);

    // Decoded images lie in memory whole, several at a time.
    private static (int Width, int Height) Size(string path, uint width, uint height) =>
        width is 0 or > MaxSide || height is 0 or > MaxSide ? throw new ImageException(path, $"Says that it has {width} x {height} pixels; each side must be 1 to {MaxSide}.")
        : (long)width * height > MaxPixels ? throw new ImageException(path, $"Says that it has {width} x {height} pixels; {MaxPixels / 1_000_000} million are the most. Cut it into smaller images.")
        : ((int)width, (int)height);

    // A size that the file has no room for is damage, and would take memory for nothing.
    private static void RequireRoomFor(int width, int height, long mostPixels, Stream file, string path)
    {
        if ((long)width * height > mostPixels)
        {
            throw new ImageException(path, $"Says that it has {width} x {height} pixels, for which its {file.Length} bytes are too few: it is damaged or cut off.");
        }
    }

    // Formats that people have and that are not read, by their first bytes.
    private static string OtherFormat(ReadOnlySpan<byte> start) =>
        start.StartsWith("GIF8"u8) ? " (it is a GIF)"
        : start.Length >= 12 && start[4..].StartsWith("ftyp"u8) ? start[8..].StartsWith("avif"u8) ? " (it is an AVIF)" : start[8..].StartsWith("hei"u8) || start[8..].StartsWith("mif1"u8) ? " (it is an HEIC)" : " (it is a video)"
        : start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0x0A]) || start.StartsWith("\0\0\0\u000cJXL "u8) ? " (it is a JPEG XL)"
        : start.StartsWith("\0\0\0\u000cjP  "u8) ? " (it is a JPEG 2000)"
        : start.StartsWith("8BPS"u8) ? " (it is a Photoshop file)"
        : start.StartsWith("%PDF"u8) ? " (it is a PDF)"
        : start.StartsWith("version https://git-lfs"u8) ? " (it is a Git LFS pointer: fetch the file with `git lfs pull`)"
        : start.TrimStart((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF, (byte)' ', (byte)'\n', (byte)'\r', (byte)'\t']).StartsWith("<"u8) ? " (it is a web page or XML, perhaps a failed download)"
        : "";

    private static void ReadExactly(Stream file, Span<byte> destination, string path)
    {
        if (file.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false) < destination.Length)
        {
            throw new ImageException(path, "Is cut off inside its header.");
        }
    }

    private static void RequireTail(Stream file, string path, string format, ReadOnlySpan<byte> mark)
    {
        // Mostly the mark is at the very end; the long look is for files with something appended.
        foreach (var bytes in (ReadOnlySpan<int>)[16, TailBytes])
        {
            if (Tail(file, bytes, path).AsSpan().IndexOf(mark) >= 0)
            {
                return;
            }
        }

        throw new ImageException(path, $"Is cut off: the {format} end mark is missing ({file.Length} bytes).");
    }

    private static byte[] Tail(Stream file, int bytes, string path)
    {
        var tail = new byte[Math.Min(bytes, file.Length)];
        file.Position = file.Length - tail.Length;
        ReadExactly(file, tail, path);
        return tail;
    }
}
