using Cawb.Detection.Data.Loading;
using Cawb.Detection.Images;
using Cawb.Detection.Inference;
using Cawb.Detection.Pictures;
using Cawb.Detection.Tests.Data;

namespace Cawb.Detection.Tests.Pictures;

public sealed class BatchPictureTests
{
    // Images of 64 pixels are enlarged four times; above each stands the name of its file, and between them are two pixels.
    private const int Side = 256;
    private const int Left = 2;
    private const int Top = 2 + 15;

    [Fact]
    public void Labels_and_detections_stand_on_the_images_where_they_belong()
    {
        using var painted = PaintedDataset.Create((64, 64, 10, 20, 40, 50), (64, 64, 8, 30, 50, 60));
        var dataset = painted.Open().Validation;
        using var loader = new ValidationLoader(dataset, new ValidationLoaderOptions { ImageSize = 64, BatchSize = 2, Workers = 1, Rectangular = false });
        foreach (var batch in loader.Read(CancellationToken.None))
        {
            var labels = BatchPicture.OfLabels(batch, dataset);
            Assert.Equal((2 + (2 * (Side + 2)), 2 + Side + 15 + 2), (labels.Width, labels.Height));
            AssertBox(labels, Left, 10, 20, 40, 50, BoxColours.Of(0));
            AssertBox(labels, Left + Side + 2, 8, 30, 50, 60, BoxColours.Of(1));

            DetectedBox sure = new(30, 30, 60, 60, 0.9f, 1), unsure = new(4, 4, 20, 20, 0.2f, 0);
            var found = BatchPicture.OfDetections(batch, [[sure, unsure], []], dataset);
            AssertBox(found, Left, 30, 30, 60, 60, BoxColours.Of(1));
            Assert.Equal(PaintedDataset.Dark, found.Row(Top + (4 * 4))[(Left + (4 * 10)) * Image.Channels]);
        }
    }

    private static void AssertBox(Image picture, int offset, int left, int top, int right, int bottom, (byte Red, byte Green, byte Blue) colour)
    {
        foreach (var (x, y) in new[] { (left, bottom - 5), (right, bottom - 5), ((left + right) / 2, bottom) })
        {
            var pixel = picture.Row(Top + (4 * y))[((offset + (4 * x)) * Image.Channels)..];
            Assert.Equal((colour.Blue, colour.Green, colour.Red), (pixel[0], pixel[1], pixel[2]));
        }
    }
}
