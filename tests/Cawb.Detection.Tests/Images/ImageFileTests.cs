using Cawb.Detection.Images;

namespace Cawb.Detection.Tests.Images;

public sealed class ImageFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cawb-images-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_png_gives_back_every_pixel()
    {
        var image = Pattern(37, 21);
        var path = Path.Combine(_folder, "a.png");
        ImageFile.Write(path, image);
        var read = ImageFile.Read(path);
        Assert.Equal((37, 21), (read.Width, read.Height));
        Assert.Equal(image.Pixels.ToArray(), read.Pixels.ToArray());
        Assert.Equal(new ImageHeader(ImageFormat.Png, 37, 21), ImageHeader.Read(path));
    }

    [Fact]
    public void A_jpeg_gives_back_nearly_every_pixel()
    {
        var image = new Image(64, 40);
        image.Pixels.Fill(90);
        var path = Path.Combine(_folder, "a.jpg");
        ImageFile.Write(path, image);
        Assert.All(ImageFile.Read(path).Pixels.ToArray(), value => Assert.InRange(value, 88, 92));
        Assert.Equal(new ImageHeader(ImageFormat.Jpeg, 64, 40), ImageHeader.Read(path));
    }

    [Theory]
    [InlineData(1, 48, 16, 0)]
    [InlineData(3, 48, 16, 3)]
    [InlineData(6, 16, 48, 1)]
    [InlineData(8, 16, 48, 2)]
    public void A_jpeg_is_turned_as_its_orientation_says(byte orientation, int width, int height, int darkCorner)
    {
        // Dark in the first quarter of the stored top row; EXIF 3 turns by 180 degrees, 6 by 90 clockwise, 8 by 90 anticlockwise.
        var stored = new Image(48, 16);
        stored.Pixels.Fill(255);
        for (var y = 0; y < 8; y++)
        {
            stored.Row(y)[..(16 * Image.Channels)].Clear();
        }

        var bytes = JpegFiles.WithOrientation(ImageFile.EncodeJpeg(stored), orientation);
        var image = ImageFile.Decode(bytes, "turned");
        Assert.Equal((width, height), (image.Width, image.Height));
        Assert.Equal(new ImageHeader(ImageFormat.Jpeg, width, height) { HasSwappedSides = height > width }, ImageHeader.Read(bytes, "turned"));
        (int X, int Y)[] corners = [(2, 2), (width - 3, 2), (2, height - 3), (width - 3, height - 3)];
        for (var i = 0; i < corners.Length; i++)
        {
            var blue = image.Row(corners[i].Y)[corners[i].X * Image.Channels];
            Assert.True(i == darkCorner ? blue < 30 : blue > 225, $"corner {i} has {blue}");
        }
    }

    [Fact]
    public void Broken_exif_data_leave_a_jpeg_upright()
    {
        var bytes = ImageFile.EncodeJpeg(Pattern(37, 22));
        var whole = JpegFiles.WithOrientation(bytes, 6);

        // After the start marker 2 bytes of marker, 2 of length, 6 of name; then the TIFF block of 26.
        for (var at = 12; at < 12 + 26; at++)
        {
            var broken = whole.ToArray();
            broken[at] ^= 0xFF;
            var image = ImageFile.Decode(broken, "broken");
            Assert.Equal((image.Width, image.Height), ImageHeader.Read(broken, "broken") is var header ? (header.Width, header.Height) : default);
            var expected = ImageFile.Decode(image.Width == 22 ? whole : bytes, "expected");
            Assert.Equal(expected.Pixels.ToArray(), image.Pixels.ToArray());
        }
    }

    [Fact]
    public void A_bitmap_is_read()
    {
        // 2 x 2, 24 bits, rows from the bottom, each padded to 4 bytes.
        byte[] file =
        [
            (byte)'B', (byte)'M', 70, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 1, 0, 24, 0, 0, 0, 0, 0, 16, 0, 0, 0,
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 0, 0, 7, 8, 9, 10, 11, 12, 0, 0,
        ];
        Assert.Equal([7, 8, 9, 10, 11, 12, 1, 2, 3, 4, 5, 6], ImageFile.Decode(file, "b").Pixels.ToArray());
        Assert.Equal(new ImageHeader(ImageFormat.Bmp, 2, 2), ImageHeader.Read(file, "b"));
    }

    [Fact]
    public void A_webp_is_read()
    {
        // 1 x 1 lossless, the smallest file that the format allows (RFC 9649).
        var file = Convert.FromHexString("524946461A000000574542505650384C0D0000002F00000010071011118888FE0700");
        var image = ImageFile.Decode(file, "w");
        Assert.Equal((1, 1), (image.Width, image.Height));
        Assert.Equal(new ImageHeader(ImageFormat.WebP, 1, 1), ImageHeader.Read(file, "w"));
    }

    [Theory]
    [InlineData("missing.png", null, "Is not there.")]
    [InlineData("empty.png", "", "The file is empty.")]
    [InlineData("text.jpg", "68656C6C6F2C20776F726C6421", "Is no image: its first bytes are those of no JPEG, PNG, WebP, BMP or TIFF file.")]
    [InlineData("short.png", "89504E470D0A1A0A0000000D4948", "Is cut off inside its header.")]
    public void A_file_that_is_no_image_is_refused_with_its_name(string name, string? content, string problem)
    {
        var path = Path.Combine(_folder, name);
        if (content is not null)
        {
            File.WriteAllBytes(path, Convert.FromHexString(content));
        }

        Assert.Equal($"{path}: {problem}", Assert.Throws<ImageException>(() => ImageHeader.Read(path)).Message);
        Assert.Equal(path, Assert.Throws<ImageException>(() => ImageFile.Read(path)).Path);
    }

    [Theory]
    [InlineData(".png")]
    [InlineData(".jpg")]
    public void A_file_that_was_cut_off_is_refused(string extension)
    {
        var path = Path.Combine(_folder, "cut" + extension);
        ImageFile.Write(path, Pattern(100, 100));
        var bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..(bytes.Length * 2 / 3)]);
        Assert.Contains("Is cut off", Assert.Throws<ImageException>(() => ImageHeader.Read(path)).Problem, StringComparison.Ordinal);
        Assert.Throws<ImageException>(() => ImageFile.Read(path));
    }

    [Fact]
    public void A_png_with_broken_pixels_is_refused()
    {
        var bytes = ImageFile.EncodePng(Pattern(50, 50));
        bytes.AsSpan(60, 200).Fill(0xAA);
        Assert.Throws<ImageException>(() => ImageFile.Decode(bytes, "broken"));
    }

    [Fact]
    public void A_picture_that_its_format_calls_animated_gives_the_still_one()
    {
        var still = Pattern(6, 4);
        var bytes = ImageFile.EncodePng(still);
        var other = Content(ImageFile.EncodePng(Pattern(6, 4, first: 100)), "IDAT"u8);
        byte[] Control(byte number) => PngFiles.Block("fcTL", [0, 0, 0, number, 0, 0, 0, 6, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0]);

        // Two images of an animation of which the still one is no part.
        var animated = PngFiles.Before("IEND"u8, PngFiles.Before("IDAT"u8, bytes, PngFiles.Block("acTL", [0, 0, 0, 2, 0, 0, 0, 0])),
            [.. Control(0), .. PngFiles.Block("fdAT", [0, 0, 0, 1, .. other]), .. Control(2), .. PngFiles.Block("fdAT", [0, 0, 0, 3, .. other])]);
        Assert.Equal(still.Pixels.ToArray(), ImageFile.Decode(animated, "animated").Pixels.ToArray());
    }

    [Fact]
    public void An_animated_webp_is_refused()
    {
        // Two images of 1 x 1 in an extended file (RFC 9649, 2.7).
        var picture = "0000000000000000000000006400000056503" + "84C0D0000002F00000010071011118888FE070000";
        var frame = "414E4D46" + "26000000" + picture;
        var content = "57454250" + "565038580A00000002000000000000000000" + "414E494D06000000000000000000" + frame + frame;
        var file = Convert.FromHexString("52494646" + Convert.ToHexString(BitConverter.GetBytes(content.Length / 2)) + content);
        Assert.Equal("a.webp: Is an animation; save the image that is meant as a file of its own.", Assert.Throws<ImageException>(() => ImageFile.Decode(file, "a.webp")).Message);
    }

    [Fact]
    public void Writing_into_a_missing_folder_names_the_file()
    {
        var path = Path.Combine(_folder, "nowhere", "a.png");
        Assert.Equal(path, Assert.Throws<ImageException>(() => ImageFile.Write(path, Pattern(4, 4))).Path);
    }

    [Fact]
    public void Writing_in_an_unknown_format_says_which_are_known() =>
        Assert.Equal("a.gif: Cannot be written as '.gif'; use .png, .jpg or .jpeg.", Assert.Throws<ImageException>(() => ImageFile.Write("a.gif", Pattern(4, 4))).Message);

    private static byte[] Content(byte[] png, ReadOnlySpan<byte> type)
    {
        var at = png.AsSpan().IndexOf(type);
        return png.AsSpan(at + 4, (int)System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at - 4))).ToArray();
    }

    private static Image Pattern(int width, int height, int first = 0)
    {
        var image = new Image(width, height);
        for (var i = 0; i < image.Pixels.Length; i++)
        {
            image.Pixels[i] = (byte)(first + i * 37 + i / 11);
        }

        return image;
    }
}
