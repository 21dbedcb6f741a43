using Cawb.Detection.Images;
using OpenCvSharp;

namespace Cawb.Detection.Tests.Images;

public class TiffTests
{
    private const int Width = 23;
    private const int Height = 14;

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(false, true)]
    public void A_tiff_is_read_in_either_order_of_bytes_and_in_both_sizes(bool isLittleEndian, bool isBig)
    {
        var rgb = Pixels();
        var file = TiffFiles.Of(Width, Height, rgb, isLittleEndian: isLittleEndian, isBig: isBig);
        var image = ImageFile.Decode(file, "t.tif");
        Assert.Equal(new ImageHeader(ImageFormat.Tiff, Width, Height), ImageHeader.Read(file, "t.tif"));
        Assert.Equal((Width, Height), (image.Width, image.Height));
        Assert.Equal(rgb.Chunk(3).SelectMany(pixel => pixel.Reverse()), image.Pixels.ToArray());
    }

    [Fact]
    public void A_tiff_is_turned_as_opencv_turns_it()
    {
        for (var orientation = 0; orientation <= 9; orientation++)
        {
            var file = TiffFiles.Of(Width, Height, Pixels(), orientation);
            using var expected = Cv2.ImDecode(file, ImreadModes.Color);
            expected.GetArray(out Vec3b[] pixels);
            var image = ImageFile.Decode(file, "t.tif");
            Assert.Equal((expected.Width, expected.Height), (image.Width, image.Height));
            Assert.Equal(pixels.SelectMany(pixel => new[] { pixel.Item0, pixel.Item1, pixel.Item2 }), image.Pixels.ToArray());
            var header = ImageHeader.Read(file, "t.tif");
            Assert.Equal((ImageFormat.Tiff, image.Width, image.Height, orientation is >= 5 and <= 8), (header.Format, header.Width, header.Height, header.HasSwappedSides));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(8)]
    public void Compressed_tiffs_of_opencv_are_read(int compression)
    {
        using var view = Mat.FromPixelData(Height, Width, MatType.CV_8UC3, Pixels());
        Cv2.ImEncode(".tiff", view, out var file, [(int)ImwriteFlags.TiffCompression, compression]);
        Assert.Equal(new ImageHeader(ImageFormat.Tiff, Width, Height), ImageHeader.Read(file, "t.tif"));
        Assert.Equal(Pixels(), ImageFile.Decode(file, "t.tif").Pixels.ToArray());
    }

    [Fact]
    public void Sixteen_bits_are_cut_to_the_upper_eight()
    {
        using var deep = new Mat(Height, Width, MatType.CV_16UC1, new Scalar(0x7B40));
        Cv2.ImEncode(".tiff", deep, out var file);
        Assert.Equal(16, ImageHeader.Read(file, "t.tif").Bits);
        Assert.All(ImageFile.Decode(file, "t.tif").Pixels.ToArray(), value => Assert.Equal(0x7B, value));
    }

    [Fact]
    public void Floating_point_pixels_are_refused()
    {
        using var real = new Mat(Height, Width, MatType.CV_32FC1, new Scalar(0.5));
        Cv2.ImEncode(".tiff", real, out var file);
        Assert.Equal("Is a TIFF file with floating-point pixels, which are not read. Save it with 8 bits per channel.", Problem(file));
    }

    [Fact]
    public void Of_several_pages_only_a_reduced_one_may_follow()
    {
        Assert.Equal("Is a TIFF file of several pages. Save each page that is meant as a file of its own.", Problem(TiffFiles.Of(Width, Height, Pixels(), subfileTypes: [0, 0])));
        Assert.Equal(new ImageHeader(ImageFormat.Tiff, Width, Height), ImageHeader.Read(TiffFiles.Of(Width, Height, Pixels(), subfileTypes: [0, 1]), "t.tif"));
    }

    [Fact]
    public void A_tiff_that_is_cut_off_or_says_too_much_is_refused()
    {
        var file = TiffFiles.Of(Width, Height, Pixels());
        Assert.Contains("for which its", Problem(file[..(file.Length / 2)]), StringComparison.Ordinal);
        Assert.Equal("Is cut off or damaged: a part of the TIFF file lies at byte 146, behind its 60 bytes.", Problem(file[..60]));
        Assert.Equal("Is cut off inside its header.", Problem(file[..6]));
        var wide = file.ToArray();
        wide[8 + 2 + 12 + 8] = 255;
        Assert.Equal($"Says that it has 255 x 14 pixels, for which its {file.Length} bytes are too few: it is damaged or cut off.", Problem(wide));
        var loop = TiffFiles.Of(Width, Height, Pixels(), subfileTypes: [1, 1]);
        BitConverter.TryWriteBytes(loop.AsSpan(8 + 2 + 132 + 4 + 2 + 132), 8);
        Assert.Equal(new ImageHeader(ImageFormat.Tiff, Width, Height), ImageHeader.Read(loop, "t.tif"));
    }

    [Theory]
    [InlineData("47494638396101000100", " (it is a GIF)")]
    [InlineData("000000186674797068656963", " (it is an HEIC)")]
    [InlineData("76657273696F6E2068747470733A2F2F6769742D6C66732E6769746875622E636F6D", " (it is a Git LFS pointer: fetch the file with `git lfs pull`)")]
    [InlineData("3C21646F63747970652068746D6C3E", " (it is a web page or XML, perhaps a failed download)")]
    public void What_a_file_is_that_is_no_image_is_said(string content, string what) =>
        Assert.Equal($"Is no image: its first bytes are those of no JPEG, PNG, WebP, BMP or TIFF file{what}.", Problem(Convert.FromHexString(content)));

    private static string Problem(byte[] file) => Assert.Throws<ImageException>(() => ImageHeader.Read(file, "t.tif")).Problem;

    private static byte[] Pixels() => [.. Enumerable.Range(0, Width * Height * 3).Select(i => (byte)(i * 37 + i / 11))];
}
