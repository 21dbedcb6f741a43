namespace Cawb.Detection.Tests.Images;

/// <summary>JPEG files with EXIF data, which our encoder does not write.</summary>
internal static class JpegFiles
{
    /// <summary>The file with EXIF data that have an orientation alone.</summary>
    public static byte[] WithOrientation(byte[] jpeg, byte orientation, bool isLittleEndian = false)
    {
        var tiff = Tiff(orientation, isLittleEndian);
        return [.. jpeg[..2], 0xFF, 0xE1, 0, (byte)(tiff.Length + 8), .. "Exif\0\0"u8, .. tiff, .. jpeg[2..]];
    }

    /// <summary>A TIFF block that has an orientation alone.</summary>
    public static byte[] Tiff(byte orientation, bool isLittleEndian) => isLittleEndian
        ? [(byte)'I', (byte)'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0]
        : [(byte)'M', (byte)'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0];
}
