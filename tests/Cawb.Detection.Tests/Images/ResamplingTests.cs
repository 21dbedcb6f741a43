using Cawb.Detection.Images;

namespace Cawb.Detection.Tests.Images;

public class ResamplingTests
{
    [Fact]
    public void Area_takes_the_mean_of_the_covered_pixels()
    {
        var image = new Image(4, 2);
        byte[] blues = [10, 20, 100, 200, 30, 40, 100, 200];
        for (var i = 0; i < blues.Length; i++)
        {
            image.Pixels[i * Image.Channels] = blues[i];
        }

        var half = Resampling.Resize(image, 2, 1, PixelInterpolation.Area);
        Assert.Equal([25, 0, 0, 150, 0, 0], half.Pixels.ToArray());
    }

    [Fact]
    public void Bilinear_takes_the_neighbours_of_the_point()
    {
        var image = new Image(2, 1);
        image.Pixels[0] = 0;
        image.Pixels[3] = 100;
        var wide = Resampling.Resize(image, 4, 1, PixelInterpolation.Bilinear);
        Assert.Equal([0, 25, 75, 100], [wide.Pixels[0], wide.Pixels[3], wide.Pixels[6], wide.Pixels[9]]);
    }

    [Fact]
    public void A_shift_by_whole_pixels_moves_them_and_leaves_grey_behind()
    {
        var image = new Image(3, 2);
        image.Pixels.Fill(7);
        var moved = Resampling.Warp(image, 3, 2, [1, 0, 2, 0, 1, 0, 0, 0, 1]);
        Assert.Equal([114, 114, 7], [moved.Pixels[0], moved.Pixels[3], moved.Pixels[6]]);
    }

    [Fact]
    public void A_perspective_of_nothing_equals_the_affine_warp()
    {
        var image = new Image(40, 30);
        for (var i = 0; i < image.Pixels.Length; i++)
        {
            image.Pixels[i] = (byte)(i * 7);
        }

        double[] affine = [1, 0, 3, 0, 1, 2, 0, 0, 1];
        double[] doubled = [2, 0, 6, 0, 2, 4, 0, 0, 2];
        Assert.Equal(Resampling.Warp(image, 40, 30, affine).Pixels.ToArray(), Resampling.Warp(image, 40, 30, doubled).Pixels.ToArray());
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Planes_are_red_green_blue_and_flipped(bool vertical, bool horizontal)
    {
        const int width = 16;
        const int height = 700;
        var image = new Image(width, height);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var pixel = image.Row(y).Slice(x * Image.Channels, Image.Channels);
                (pixel[0], pixel[1], pixel[2]) = ((byte)x, (byte)y, (byte)(x + 3 * y));
            }
        }

        var planes = new byte[width * height * Image.Channels];
        ColourPlanes.Write(image.Pixels, width, height, [], vertical, horizontal, planes);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (sourceX, sourceY) = (horizontal ? width - 1 - x : x, vertical ? height - 1 - y : y);
                Assert.Equal((byte)(sourceX + 3 * sourceY), planes[y * width + x]);
                Assert.Equal((byte)sourceY, planes[width * height + y * width + x]);
                Assert.Equal((byte)sourceX, planes[2 * width * height + y * width + x]);
            }
        }
    }

    [Fact]
    public void Half_the_value_darkens_and_no_saturation_leaves_grey()
    {
        var tables = new HsvTables();
        tables.Set(1, 0, 0.5);
        var image = new Image(1, 1);
        (image.Pixels[0], image.Pixels[1], image.Pixels[2]) = (10, 50, 200);
        var planes = new byte[3];
        ColourPlanes.Write(image.Pixels, 1, 1, tables.Bytes, false, false, planes);
        Assert.Equal([100, 100, 100], planes);
    }
}
