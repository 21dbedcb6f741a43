using System.Text.Json;
using Cawb.Detection.Data.Augmentation;
using Cawb.Detection.Images;

namespace Cawb.Detection.Tests.Data;

public class GeometryTests
{
    private const double Tolerance = 1e-10;

    // Numbers in the files have 10 significant digits, so a value of size v is known to 5e-10 v at worst (5e-10 relative for a leading digit of 1).
    private const double WrittenDigits = 5e-10;

    [Fact]
    public void Letterbox_sizes_and_paddings_equal_the_release()
    {
        foreach (var item in GoldenFile.Cases("geometry", "letterbox"))
        {
            var (width, height, newWidth, newHeight) = (item.Int("width"), item.Int("height"), item.Int("new_width"), item.Int("new_height"));
            var enlarge = item.GetProperty("scaleup").GetBoolean();
            var box = item.GetProperty("auto").GetBoolean()
                ? Letterbox.FitMinimal(width, height, newWidth, newHeight, enlarge, stride: 32)
                : Letterbox.Fit(width, height, newWidth, newHeight, enlarge);
            Assert.Equal(item.Ints("resized"), [box.InnerHeight, box.InnerWidth]);
            Assert.Equal(
                (item.Int("top"), item.Int("bottom"), item.Int("left"), item.Int("right")), (box.Top, box.Bottom, box.Left, box.Right));
            AssertClose(item.Double("ratio"), box.Ratio);
            Assert.Equal(item.GetProperty("pad_xy").Doubles(), new[] { box.PaddingX, box.PaddingY });
        }
    }

    [Fact]
    public void Affine_matrices_moved_boxes_and_kept_flags_equal_the_release()
    {
        foreach (var item in GoldenFile.Cases("geometry", "affine"))
        {
            var config = item.GetProperty("config");
            var options = new AugmentationOptions
            {
                Degrees = config.Double("degrees"),
                Translate = config.Double("translate"),
                Scale = config.Double("scale"),
                Shear = config.Double("shear"),
                Perspective = config.Double("perspective"),
            };
            var size = item.Int("size");
            var warp = AffineWarp.From(options, item.GetProperty("draws").Doubles(), size, size, item.Int("border"));
            Assert.Equal(item.Ints("output"), [warp.OutputHeight, warp.OutputWidth]);
            AssertClose(item.Double("scale"), warp.Scale);
            var matrix = item.GetProperty("matrix").EnumerateArray().SelectMany(row => row.Doubles()).ToArray();
            for (var i = 0; i < 9; i++)
            {
                AssertClose(matrix[i], warp.Matrix[i]);
            }

            var boxes = item.GetProperty("boxes").EnumerateArray().Select(Label).ToArray();
            var moved = item.GetProperty("moved").EnumerateArray().Select(Label).ToArray();
            var kept = item.GetProperty("kept").EnumerateArray().Select(flag => flag.GetBoolean()).ToArray();
            for (var i = 0; i < boxes.Length; i++)
            {
                var actual = warp.Move(boxes[i]);
                AssertClose(moved[i].Left, actual.Left);
                AssertClose(moved[i].Top, actual.Top);
                AssertClose(moved[i].Right, actual.Right);
                AssertClose(moved[i].Bottom, actual.Bottom);
                Assert.Equal(kept[i], warp.Keeps(boxes[i], actual));
            }
        }
    }

    [Fact]
    public void Mosaic_tiles_equal_the_release()
    {
        foreach (var item in GoldenFile.Cases("geometry", "mosaic"))
        {
            var centre = item.Ints("centre");
            var number = 0;
            foreach (var expected in item.GetProperty("tiles").EnumerateArray())
            {
                var image = expected.Ints("image");
                var source = expected.Ints("source");
                var tile = MosaicTile.Place(number++, item.Int("size"), centre[0], centre[1], image[1], image[0]);
                Assert.Equal(expected.Ints("canvas"), [tile.Left, tile.Top, tile.Right, tile.Bottom]);
                Assert.Equal(source, [tile.SourceLeft, tile.SourceTop, tile.SourceLeft + tile.Right - tile.Left, tile.SourceTop + tile.Bottom - tile.Top]);
                Assert.Equal(expected.Ints("offset"), [tile.OffsetX, tile.OffsetY]);
            }
        }
    }

    [Fact]
    public void Colour_tables_equal_the_release()
    {
        foreach (var item in GoldenFile.Cases("geometry", "hsv_tables"))
        {
            var factors = item.GetProperty("factors").Doubles();
            var tables = new HsvTables();
            tables.Set(factors[0], factors[1], factors[2]);
            Assert.Equal(item.Ints("hue"), [.. tables.Hue]);
            Assert.Equal(item.Ints("saturation"), [.. tables.Saturation]);
            Assert.Equal(item.Ints("value"), [.. tables.Value]);
        }
    }

    [Fact]
    public void Rectangular_batches_equal_the_release()
    {
        foreach (var item in GoldenFile.Cases("geometry", "rect"))
        {
            var sizes = item.GetProperty("sizes_wh").EnumerateArray().Select(pair => (Width: pair[0].GetInt32(), Height: pair[1].GetInt32())).ToArray();
            var order = BatchShape.Order(sizes);
            Assert.Equal(item.Ints("order"), order);
            var shapes = order.Select(i => (double)sizes[i].Height / sizes[i].Width).Chunk(item.Int("batch"))
                .Select(ratios => BatchShape.Of(ratios.Min(), ratios.Max(), item.Int("image_size"), item.Int("stride"), item.Double("pad")))
                .Select(shape => new[] { shape.Height, shape.Width });
            Assert.Equal(item.GetProperty("batch_shapes_hw").EnumerateArray().Select(pair => new[] { pair[0].GetInt32(), pair[1].GetInt32() }), shapes);
        }
    }

    private static PixelLabel Label(JsonElement corners)
    {
        var n = corners.Doubles();
        return new PixelLabel(0, n[0], n[1], n[2], n[3]);
    }

    private static void AssertClose(double expected, double actual) =>
        Assert.True(Math.Abs(expected - actual) <= Tolerance + WrittenDigits * Math.Abs(expected), $"expected {expected:R}, got {actual:R}");
}
