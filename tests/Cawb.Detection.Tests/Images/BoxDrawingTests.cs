using Cawb.Detection.Images;

namespace Cawb.Detection.Tests.Images;

public sealed class BoxDrawingTests
{
    private static readonly (byte Red, byte Green, byte Blue) Orange = (255, 127, 14);

    [Theory]
    [InlineData(195, 50)]
    [InlineData(-30, 50)]
    [InlineData(100, 0)]
    [InlineData(195, 0)]
    [InlineData(195, 95)]
    [InlineData(100, -20)]
    public void A_label_at_an_edge_is_as_large_as_one_in_the_middle(int left, int top)
    {
        // A box without an extent, so that the label's field is what has the colour; the box's own pixel may lie under it.
        var whole = Field(100, 50);
        Assert.InRange(Field(left, top), whole - 1, whole);

        static int Field(int left, int top)
        {
            var image = new Image(200, 100);
            BoxDrawing.Draw(image, left, top, left, top, Orange, "person 0.97");
            return Count(image);
        }
    }

    [Theory]
    [InlineData(64, 64)]
    [InlineData(40, 40)]
    [InlineData(32, 32)]
    [InlineData(200, 12)]
    public void On_a_small_picture_a_label_is_made_to_fit_with_a_margin_on_both_sides(int width, int height)
    {
        var image = new Image(width, height);
        BoxDrawing.Draw(image, width - 1, height - 1, width - 1, height - 1, Orange, "traffic light 0.97");
        var rows = Enumerable.Range(0, height).Where(y => Enumerable.Range(0, width).Any(x => IsField(image, x, y))).ToArray();
        var columns = Enumerable.Range(0, width).Where(x => rows.Any(y => IsField(image, x, y))).ToArray();
        Assert.All(rows[..^1], y => Assert.True(IsField(image, columns[0], y) && IsField(image, columns[^1], y), $"Row {y} has a letter at the edge."));
    }

    [Fact]
    public void On_a_picture_of_one_pixel_a_label_is_no_fault()
    {
        var image = new Image(1, 1);
        BoxDrawing.Draw(image, 0, 0, 0, 0, Orange, "traffic light 0.97");
    }

    [Fact]
    public void A_crop_has_the_pixels_of_its_rectangle()
    {
        var image = new Image(5, 4);
        for (var i = 0; i < image.Pixels.Length; i++)
        {
            image.Pixels[i] = (byte)i;
        }

        var part = image.Crop(3, 1, 2, 3);
        Assert.Equal((2, 3), (part.Width, part.Height));
        // Row 1 begins at byte 15, row 3 at 45; column 3 is 9 bytes further.
        Assert.Equal([24, 25, 26, 27, 28, 29], part.Row(0).ToArray());
        Assert.Equal([54, 55, 56, 57, 58, 59], part.Row(2).ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => image.Crop(4, 0, 2, 1));
    }

    private static int Count(Image image) => Enumerable.Range(0, image.Width * image.Height).Count(i => IsField(image, i % image.Width, i / image.Width));

    private static bool IsField(Image image, int x, int y) => image.Row(y).Slice(x * 3, 3).SequenceEqual((ReadOnlySpan<byte>)[Orange.Blue, Orange.Green, Orange.Red]);
}
