using System.Buffers.Binary;

namespace Cawb.Detection.Images;

/// <summary>The orientation (tag 0x0112) in a TIFF block of EXIF data: 1 upright to 8; 5 to 8 swap width and height.</summary>
internal static class ExifOrientation
{
    internal const int Upright = 1;

    private const ushort OrientationTag = 0x0112;

    /// <summary>What the EXIF data of a whole JPEG or PNG file ask for; upright for one of another format, where such data change nothing.</summary>
    internal static int Of(ReadOnlySpan<byte> file) => Math.Max(JpegOrientation.Of(file), PngOrientation.Of(file));

    internal static bool SwapsSides(int orientation) => orientation is >= 5 and <= 8;

    /// <summary>True when a block begins as TIFF data do, in either order of bytes.</summary>
    internal static bool IsTiff(ReadOnlySpan<byte> block) => block.StartsWith("II*\0"u8) || block.StartsWith("MM\0*"u8);

    /// <summary>Broken or absent data mean upright: orientation is a courtesy of the camera, never a reason to refuse an image.</summary>
    internal static int Read(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8 || !IsTiff(tiff))
        {
            return Upright;
        }

        var littleEndian = tiff[0] == 'I';
        var directory = UInt32(tiff[4..], littleEndian);
        if (directory > tiff.Length - 2)
        {
            return Upright;
        }

        var entries = tiff[(int)directory..];
        var count = UInt16(entries, littleEndian);
        for (var i = 0; i < count; i++)
        {
            var start = 2 + i * 12;
            if (start + 12 > entries.Length)
            {
                return Upright;
            }

            if (UInt16(entries[start..], littleEndian) == OrientationTag)
            {
                var orientation = UInt16(entries[(start + 8)..], littleEndian);
                return orientation is >= 1 and <= 8 ? orientation : Upright;
            }
        }

        return Upright;
    }

    private static ushort UInt16(ReadOnlySpan<byte> bytes, bool littleEndian) =>
        littleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static uint UInt32(ReadOnlySpan<byte> bytes, bool littleEndian) =>
        littleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
