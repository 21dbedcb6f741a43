using Cawb.Detection.Data;
using Cawb.Detection.Images;
using Cawb.Detection.Images.Jpeg;
using OpenCvSharp;

namespace Cawb.Detection.Tests.Images;

public class OpenCvTests
{
    [Fact]
    public void Works_on_the_calling_thread_alone()
    {
        ImageFile.EncodePng(new Image(1, 1));
        Assert.Equal(1, Cv2.GetNumThreads());
    }

    [Fact]
    public void Damaged_files_say_nothing_on_the_error_stream_and_other_libraries_still_do()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var noise = Noise(64, 64);
        var jpeg = ImageFile.EncodeJpeg(noise);
        (jpeg[jpeg.Length / 2], jpeg[jpeg.Length / 2 + 1]) = (0xFF, 0xD9);

        // Checksums that fit, so that only the decoder itself can find the damage.
        var png = PngFiles.Before("IDAT"u8, ImageFile.EncodePng(noise), PngFiles.Block("IDAT", [.. Enumerable.Repeat((byte)0xAA, 300)]));
        var words = ProcessErrors.During(() =>
        {
            ImageFile.Decode(jpeg, "damaged");
            Assert.Throws<ImageException>(() => ImageFile.Decode(png, "damaged"));
            Assert.Throws<ImageException>(() => ImageFile.DecodePixels(jpeg.AsSpan(0, jpeg.Length / 3), "cut"));
            Assert.Throws<InvalidOperationException>(() => Resampling.Warp(new Image(40_000, 1), 1, 1, [1, 0, 0, 0, 1, 0, 0, 0, 1]));
            ProcessErrors.Say("another library");
        });
        Assert.StartsWith("another library", words, StringComparison.Ordinal);
    }

    [Fact]
    public void What_opencv_refuses_by_a_fault_of_ours_is_said_in_one_line()
    {
        var error = Assert.Throws<InvalidOperationException>(() => Resampling.Warp(new Image(40_000, 1), 1, 1, [1, 0, 0, 0, 1, 0, 0, 0, 1]));
        Assert.StartsWith("OpenCV: ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData(".jpg")]
    [InlineData(".png")]
    [InlineData(".webp")]
    [InlineData(".bmp")]
    public void Any_change_of_a_file_leaves_a_picture_or_a_sentence(string extension)
    {
        Cv2.ImEncode(extension, Mat.FromPixelData(21, 19, MatType.CV_8UC3, Noise(19, 21).Pixels.ToArray()), out var sound);
        var draws = new Draws(1, 2);
        for (ulong i = 0; i < 400; i++)
        {
            var bytes = sound.ToArray();
            for (var left = 1 + draws.Below(3 * i, 3); left > 0; left--)
            {
                bytes[draws.Below(3 * i + 1, i % 2 == 0 ? Math.Min(60, bytes.Length) : bytes.Length)] = (byte)draws.Bits(3 * i + 2);
            }

            JpegDamage.IsIn(bytes);
            try
            {
                using var decoded = ImageFile.DecodePixels(bytes, "changed");
            }
            catch (ImageException e)
            {
                Assert.StartsWith("changed: Is ", e.Message, StringComparison.Ordinal);
                Assert.DoesNotContain('\n', e.Message);
            }
        }
    }

    [Fact]
    public void Decoding_keeps_no_native_memory()
    {
        const int width = 1600, height = 1200, files = 200;
        var jpeg = JpegFiles.WithOrientation(ImageFile.EncodeJpeg(new Image(width, height)), 6);
        var pixels = new byte[Image.BytesOf(400, 300)];
        void Decode()
        {
            using var decoded = ImageFile.DecodePixels(jpeg, "again");
            Resampling.Resize(decoded, pixels, 400, 300, PixelInterpolation.Area);
        }

        for (var i = 0; i < 10; i++)
        {
            Decode();
        }

        var before = Environment.WorkingSet;
        for (var i = 0; i < files; i++)
        {
            Decode();
        }

        // The images together have more than a gigabyte.
        Assert.InRange(Environment.WorkingSet - before, long.MinValue, 100L << 20);
    }

    private static Image Noise(int width, int height)
    {
        var image = new Image(width, height);
        for (var i = 0; i < image.Pixels.Length; i++)
        {
            image.Pixels[i] = (byte)new Draws(1, 1).Below((ulong)i, 256);
        }

        return image;
    }
}
