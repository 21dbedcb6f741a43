using System.Buffers.Binary;

namespace Cawb.Detection.Images;

/// <summary>The orientation of a JPEG file in memory: 1 upright to 8; 5 to 8 swap width and height.</summary>
internal static class JpegOrientation
{
    /// <summary>Not a JPEG file, a broken one, or one with several blocks of EXIF data.</summary>
    internal const int Unknown = 0;

    private const byte Exif = 0xE1;
    private const byte StartOfScan = 0xDA;
    private const byte EndOfImage = 0xD9;

    /// <summary>What the EXIF data before the pixels ask for; upright without such data.</summary>
    internal static int Of(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
        {
            return Unknown;
        }

        var orientation = ExifOrientation.Upright;
        var blocks = 0;
        for (var at = 2; NextMarker(file, ref at) is { } marker && marker != EndOfImage;)
        {
            if (marker == StartOfScan)
            {
                return blocks <= 1 ? orientation : Unknown;
            }

            // These stand alone, without a length.
            if (marker is 0x01 or (>= 0xD0 and <= 0xD8))
            {
                continue;
            }

            if (at + 2 > file.Length || BinaryPrimitives.ReadUInt16BigEndian(file[at..]) is var length && (length < 2 || at + length > file.Length))
            {
                return Unknown;
            }

            var block = file[(at + 2)..(at + length)];
            if (marker == Exif && block.StartsWith("Exif\0\0"u8))
            {
                blocks++;
                orientation = ExifOrientation.Read(block[6..]);
            }

            at += length;
        }

        return Unknown;
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
