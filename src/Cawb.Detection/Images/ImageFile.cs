using System.Globalization;
using Cawb.Files;
using OpenCvSharp;

namespace Cawb.Detection.Images;

/// <summary>Reads and writes image files through OpenCV.</summary>
public static class ImageFile
{
    /// <summary>The endings of the names of files that are read, lower case, with their dots; what a file is, its content says.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff", ".jpe", ".jfif", ".mpo", ".dib"];

    /// <summary>Reads and decodes a JPEG, PNG, WebP, BMP or TIFF file and turns it as its EXIF data say.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ImageException">Not there, not readable, no image, or cut off.</exception>
    public static Image Read(string path) => Decode(ReadBytes(path), path);

    /// <summary>Whether a file's name ends as those of files that are read, in any case.</summary>
    /// <param name="path">Any path.</param>
    public static bool HasExtension(string path) => Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>Decodes a file that is in memory.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="ImageException">No image, or cut off.</exception>
    public static Image Decode(byte[] bytes, string name)
    {
        ImageHeader.Read(bytes, name);
        using var decoded = DecodePixels(bytes, name);
        var image = new Image(decoded.Width, decoded.Height, GC.AllocateUninitializedArray<byte>(Image.BytesOf(decoded.Width, decoded.Height)));
        Resampling.Resize(decoded, image.Pixels, image.Width, image.Height, PixelInterpolation.Bilinear);
        return image;
    }

    /// <summary>The file of an image as PNG, compressed as OpenCV does it.</summary>
    /// <param name="image">The image.</param>
    public static byte[] EncodePng(Image image) => Encode(image, ".png");

    /// <summary>The file of an image as baseline JPEG.</summary>
    /// <param name="image">The image.</param>
    /// <param name="quality">0 to 100, libjpeg's scale.</param>
    public static byte[] EncodeJpeg(Image image, int quality = 95)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(quality);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100);
        return Encode(image, ".jpg", (int)ImwriteFlags.JpegQuality, quality);
    }

    /// <summary>Writes an image; the extension .png, .jpg or .jpeg says how. The file appears whole or not at all.</summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="image">The image.</param>
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
            WholeFile.Write(path, stream => stream.Write(bytes));
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

    /// <summary>Decodes a file and turns it as its EXIF data say: 8 bits, blue first.</summary>
    /// <returns>In OpenCV's memory; the caller disposes.</returns>
    /// <exception cref="ImageException">No image, or cut off.</exception>
    internal static unsafe Mat DecodePixels(ReadOnlySpan<byte> bytes, string name)
    {
        if (bytes.IsEmpty)
        {
            throw new ImageException(name, "The file is empty.");
        }

        PngChecksums.Verify(bytes, name);
        var still = PngAnimation.Still(bytes);
        fixed (byte* file = still)
        {
            try
            {
                using var encoded = OpenCv.View(file, still.Length);
                var decoded = Cv2.ImDecode(encoded, ImreadModes.Color | ImreadModes.IgnoreOrientation);
                if (!decoded.Empty())
                {
                    return Orientation.Turn(decoded, ExifOrientation.Of(bytes));
                }

                decoded.Dispose();
            }
            catch (OpenCVException e)
            {
                throw new ImageException(name, $"Is no readable image: {OpenCv.Words(e)}.", e);
            }
        }

        throw new ImageException(name, "Is no readable image: the pixels cannot be decoded.");
    }

    private static unsafe byte[] Encode(Image image, string extension, params ReadOnlySpan<int> settings)
    {
        fixed (byte* pixels = image.Buffer)
        {
            try
            {
                using var view = OpenCv.View(pixels, image.Width, image.Height);
                return Cv2.ImEncode(extension, view, out var bytes, settings.ToArray()) ? bytes : throw new InvalidOperationException("OpenCV: the encoder refused.");
            }
            catch (OpenCVException e)
            {
                throw OpenCv.Fault(e);
            }
        }
    }
}
