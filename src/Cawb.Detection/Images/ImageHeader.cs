namespace Cawb.Detection.Images;

/// <summary>What the first bytes of an image file say, without decoding it.</summary>
/// <param name="Format">The format, told by the content and not by the name.</param>
/// <param name="Width">Pixels in a row of the image as it is decoded, that is after the rotation that its EXIF data ask for.</param>
/// <param name="Height">Rows of the image as it is decoded.</param>
public sealed record ImageHeader(ImageFormat Format, int Width, int Height)
{
    /// <summary>Bits of each channel in the file; decoding keeps the upper 8.</summary>
    public int Bits { get; init; } = 8;

    /// <summary>Whether its EXIF data swap width and height, as a phone that is held upright does.</summary>
    public bool HasSwappedSides { get; init; }

    /// <summary>Reads the header of a file, and looks at its end: a JPEG or PNG that was cut off is an error here, not only when it is decoded.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ImageException">Not there, not readable, of no known format, cut off, or without a size.</exception>
    public static ImageHeader Read(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 4096);
            return ImageHeaderReader.Read(file, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ImageFile.Unreadable(path, e);
        }
    }

    /// <summary>Reads the header of a file that is in memory.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">What the messages call it.</param>
    /// <exception cref="ImageException">As for a file.</exception>
    public static ImageHeader Read(byte[] bytes, string name)
    {
        using var stream = new MemoryStream(bytes, writable: false);
        return ImageHeaderReader.Read(stream, name);
    }
}
