using Cawb.Detection.Data;
using Cawb.Detection.Data.Loading;

namespace Cawb.Detection.Tests.Data;

public class ValidationLoaderTests
{
    [Theory]
    [InlineData(true, 0)]
    [InlineData(true, 3)]
    [InlineData(false, 0)]
    [InlineData(false, 3)]
    public void Every_picture_comes_once_with_its_labels_on_its_pixels_and_a_way_back(bool rectangular, int workers)
    {
        using var painted = PaintedDataset.CreateSeven();
        var dataset = painted.Open().Validation;
        using var loader = new ValidationLoader(dataset, new ValidationLoaderOptions { ImageSize = 96, BatchSize = 3, Rectangular = rectangular, Workers = workers });
        Assert.Equal(3, loader.BatchCount);
        var seen = new List<int>();
        foreach (var batch in loader.Read(CancellationToken.None))
        {
            Assert.Equal(batch.Count, batch.LabelCount);
            Assert.Equal((0, 0), (batch.Width % 32, batch.Height % 32));
            for (var i = 0; i < batch.Count; i++)
            {
                seen.Add(batch.ImageIndices[i]);
                Check(dataset.Images[batch.ImageIndices[i]], batch, i);
            }
        }

        Assert.Equal(Enumerable.Range(0, 7), seen.Order());
        if (!rectangular)
        {
            Assert.Equal(Enumerable.Range(0, 7), seen);
        }
    }

    [Fact]
    public void Corners_that_lie_in_the_padding_come_back_inside_the_picture()
    {
        var mapping = new LetterboxMapping(200, 100, 0.5, 0.5, 4, 20);
        Assert.Equal((0, 0, 200, 100), mapping.ToOriginal(0, 0, 200, 200));
        Assert.Equal((12, 20, 52, 60), mapping.ToOriginal(10, 30, 30, 50));
    }

    private static void Check(DatasetImage image, ValidationBatch batch, int i)
    {
        var label = batch.Labels[i];
        Assert.Equal(i, label.Image);
        var (x, y, width, height) = (label.CenterX * batch.Width, label.CenterY * batch.Height, label.Width * batch.Width, label.Height * batch.Height);
        var plane = batch.Pixels.Slice(i * 3 * batch.Width * batch.Height, batch.Width * batch.Height);
        Assert.True(At(plane, batch.Width, x, y) > 240);
        Assert.True(At(plane, batch.Width, x - width / 2 + 2, y) > 200);
        Assert.True(At(plane, batch.Width, x - width / 2 - 3, y) < 40);
        Assert.True(At(plane, batch.Width, x, y + height / 2 - 3) > 200);
        Assert.True(At(plane, batch.Width, x, y + height / 2 + 2) < 130);

        var box = image.Boxes[0];
        Assert.Equal(box.ClassIndex, label.Class);
        var (left, top, right, bottom) = batch.Mappings[i].ToOriginal(x - width / 2, y - height / 2, x + width / 2, y + height / 2);
        const double floatTolerance = 1e-3;
        Assert.Equal((box.CenterX - box.Width / 2) * image.Width, left, floatTolerance);
        Assert.Equal((box.CenterY - box.Height / 2) * image.Height, top, floatTolerance);
        Assert.Equal((box.CenterX + box.Width / 2) * image.Width, right, floatTolerance);
        Assert.Equal((box.CenterY + box.Height / 2) * image.Height, bottom, floatTolerance);
    }

    private static byte At(ReadOnlySpan<byte> plane, int width, double x, double y) => plane[(int)y * width + (int)x];
}
