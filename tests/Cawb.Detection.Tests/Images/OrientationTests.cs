using Cawb.Detection.Images;
using OpenCvSharp;

namespace Cawb.Detection.Tests.Images;

public class OrientationTests
{
    public static TheoryData<ImageFormat, bool> Turned => new() { { ImageFormat.Jpeg, false }, { ImageFormat.Png, false }, { ImageFormat.Png, true } };

    [Theory]
    [MemberData(nameof(Turned))]
    public void A_picture_is_turned_as_opencv_turns_it(ImageFormat format, bool isBehindPixels)
    {
        var picture = Pattern(37, 22);
        for (byte orientation = 0; orientation <= 9; orientation++)
        {
            foreach (var isLittleEndian in new[] { false, true })
            {
                var bytes = format == ImageFormat.Jpeg
                    ? JpegFiles.WithOrientation(ImageFile.EncodeJpeg(picture), orientation, isLittleEndian)
                    : WithBlocks(picture, isBehindPixels, JpegFiles.Tiff(orientation, isLittleEndian));
                RequireAsByOpenCv(bytes, format);
            }
        }
    }

    [Theory]
    [InlineData(3, 6)]
    [InlineData(6, 3)]
    [InlineData(1, 6)]
    public void Of_several_blocks_of_exif_data_the_first_counts(byte first, byte second)
    {
        var jpeg = ImageFile.EncodeJpeg(Pattern(37, 22));
        RequireAsByOpenCv(JpegFiles.WithOrientation(JpegFiles.WithOrientation(jpeg, second), first), ImageFormat.Jpeg);

        var png = WithBlocks(Pattern(37, 22), isBehindPixels: false, JpegFiles.Tiff(first, isLittleEndian: true));
        RequireAsByOpenCv(PngFiles.Before("IEND"u8, png, PngFiles.Block("eXIf", JpegFiles.Tiff(second, isLittleEndian: true))), ImageFormat.Png);
    }

    [Fact]
    public void A_block_in_a_png_that_is_no_exif_data_counts_for_nothing() =>
        RequireAsByOpenCv(WithBlocks(Pattern(37, 22), isBehindPixels: false, "nothing at all"u8.ToArray(), JpegFiles.Tiff(6, isLittleEndian: true)), ImageFormat.Png);

    [Fact]
    public void A_webp_stays_as_it_is_stored()
    {
        // Python's OpenCV of the version that the numbers of this project come from does not turn it either. 2 x 1 lossless in an extended file with EXIF data (RFC 9649, 2.7).
        Cv2.ImEncode(".webp", Mat.FromPixelData(1, 2, MatType.CV_8UC3, new byte[] { 1, 2, 3, 200, 201, 202 }), out var simple, [(int)ImwriteFlags.WebPQuality, 101]);
        var tiff = JpegFiles.Tiff(6, isLittleEndian: true);
        byte[] content = [.. "WEBPVP8X"u8, 10, 0, 0, 0, 8, 0, 0, 0, 1, 0, 0, 0, 0, 0, .. simple[12..], .. "EXIF"u8, (byte)tiff.Length, 0, 0, 0, .. tiff];
        byte[] file = [.. "RIFF"u8, .. BitConverter.GetBytes(content.Length), .. content];
        Assert.Equal([1, 2, 3, 200, 201, 202], ImageFile.Decode(file, "w").Pixels.ToArray());
        Assert.Equal(new ImageHeader(ImageFormat.WebP, 2, 1), ImageHeader.Read(file, "w"));
    }

    private static void RequireAsByOpenCv(byte[] bytes, ImageFormat format)
    {
        using var expected = Cv2.ImDecode(bytes, ImreadModes.Color);
        expected.GetArray(out Vec3b[] pixels);
        var image = ImageFile.Decode(bytes, "turned");
        Assert.Equal((expected.Width, expected.Height), (image.Width, image.Height));
        Assert.Equal(pixels.SelectMany(pixel => new[] { pixel.Item0, pixel.Item1, pixel.Item2 }), image.Pixels.ToArray());
        var header = ImageHeader.Read(bytes, "turned");
        Assert.Equal((format, image.Width, image.Height), (header.Format, header.Width, header.Height));
        Assert.Equal(image.Width == 22, header.HasSwappedSides);
    }

    private static byte[] WithBlocks(Image picture, bool isBehindPixels, params byte[][] blocks) =>
        PngFiles.Before(isBehindPixels ? "IEND"u8 : "IDAT"u8, ImageFile.EncodePng(picture), [.. blocks.SelectMany(block => PngFiles.Block("eXIf", block))]);

    private static Image Pattern(int width, int height)
    {
        var image = new Image(width, height);
        for (var i = 0; i < image.Pixels.Length; i++)
        {
            image.Pixels[i] = (byte)(i * 37 + i / 11);
        }

        return image;
    }
}
