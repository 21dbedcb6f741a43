using System.Buffers.Binary;

namespace Cawb.Detection.Images;

/// <summary>The orientation of a JPEG file in memory: 1 upright to 8; 5 to 8 swap width and height.</summary>
internal static class JpegOrientation
{
    private const byte Exif = 0xE1;
    private const byte StartOfScan = 0xDA;
    private const byte EndOfImage = 0xD9;

    /// <summary>What the first block of EXIF data before the pixels asks for; upright without one, and for a file that is no JPEG or a broken one.</summary>
    internal static int Of(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
        {
            return ExifOrientation.Upright;
        }

        for (var at = 2; NextMarker(file, ref at) is { } marker && marker is not (EndOfImage or StartOfScan);)
        {
            // These stand alone, without a length.
            if (marker is 0x01 or (>= 0xD0 and <= 0xD8))
            {
                continue;
            }

            if (at + 2 > file.Length || BinaryPrimitives.ReadUInt16BigEndian(file[at..]) is var length && (length < 2 || at + length > file.Length))
            {
                break;
            }

            var block = file[(at + 2)..(at + length)];
            if (marker == Exif && block.StartsWith("Exif\0\0"u8))
            {
                return ExifOrientation.Read(block[6..]);
            }

            at += length;
        }

        return ExifOrientation.Upright;
    }

    /// <summary>Moves behind the next marker; null where there is none.</summary>
    private static byte? NextMarker(ReadOnlySpan<byte> file, ref int at)
    {
        if (at >= file.Length || file[at] != 0xFF)
        {
            return null;
        }

        while (at < file.Length && file[at] == 0xFF)
        {
            at++;
        }

        return at < file.Length ? file[at++] : null;
    }
}
