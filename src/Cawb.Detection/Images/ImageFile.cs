using System.Globalization;

namespace Cawb.Detection.Images;

/// <summary>Reads and writes image files through OpenCV.</summary>
public static class ImageFile
{
    /// <summary>Reads and decodes a JPEG, PNG, WebP or BMP file and turns it as its EXIF data say.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ImageException">Not there, not readable, no image, or cut off.</exception>
    public static Image Read(string path) => Decode(ReadBytes(path), path);

    /// <summary>Decodes a file that is in memory.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="ImageException">No image, or cut off.</exception>
    public static Image Decode(byte[] bytes, string name)
    {
        ImageHeader.Read(bytes, name);
        var (width, height) = DecodeToThread(bytes, name);
        var image = new Image(width, height, GC.AllocateUninitializedArray<byte>(Image.BytesOf(width, height)));
        NativeVision.Require(NativeVision.Take(ref image.Pixels[0], width, height, PixelInterpolation.Bilinear));
        return image;
    }

    /// <summary>The file of a picture as PNG, compressed by the zlib of this machine.</summary>
    /// <param name="image">The picture.</param>
    public static byte[] EncodePng(Image image) => Encode(image, ".png", quality: 0);

    /// <summary>The file of a picture as baseline JPEG.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="quality">0 to 100, libjpeg's scale.</param>
    public static byte[] EncodeJpeg(Image image, int quality = 95)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(quality);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100);
        return Encode(image, ".jpg", quality);
    }

    /// <summary>Writes a picture; the extension .png, .jpg or .jpeg says how. The file appears whole or not at all.</summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="image">The picture.</param>
    /// <exception cref="ImageException">Another extension, or the place cannot be written.</exception>
    public static void Write(string path, Image image)
    {
        var bytes = Path.GetExtension(path).ToLower(CultureInfo.InvariantCulture) switch
        {
            ".png" => EncodePng(image),
            ".jpg" or ".jpeg" => EncodeJpeg(image),
            var other => throw new ImageException(path, $"Cannot be written as '{other}'; use .png, .jpg or .jpeg."),
        };
        try
        {
            WholeFile.Write(path, bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ImageException(path, $"Cannot be written: {e.Message}", e);
        }
    }

    internal static byte[] ReadBytes(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, e);
        }
    }

    internal static ImageException Unreadable(string path, Exception e) => e is FileNotFoundException or DirectoryNotFoundException
        ? new ImageException(path, "Is not there.", e)
        : new ImageException(path, $"Cannot be read: {e.Message}", e);

    /// <summary>Decodes and leaves the picture with the native side of this thread, to be fetched by <see cref="NativeVision.Take"/> at once.</summary>
    internal static (int Width, int Height) DecodeToThread(ReadOnlySpan<byte> bytes, string name)
    {
        if (bytes.IsEmpty)
        {
            throw new ImageException(name, "The file is empty.");
        }

        PngChecksums.Verify(bytes, name);
        return NativeVision.Decode(in bytes[0], bytes.Length, JpegOrientation.Of(bytes), out var width, out var height) == 0
            ? (width, height)
            : throw new ImageException(name, $"Is no readable image: {NativeVision.ErrorText()}.");
    }

    private static byte[] Encode(Image image, string extension, int quality)
    {
        NativeVision.Require(NativeVision.Encode(in image.Buffer[0], image.Width, image.Height, extension, quality, out var length));
        var bytes = GC.AllocateUninitializedArray<byte>(checked((int)length));
        NativeVision.Require(NativeVision.TakeEncoded(ref bytes[0], length));
        return bytes;
    }
}
