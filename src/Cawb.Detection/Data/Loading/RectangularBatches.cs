using Cawb.Detection.Data.Augmentation;

namespace Cawb.Detection.Data.Loading;

/// <summary>Images of like shape together: their order, and the size of each batch.</summary>
internal sealed class RectangularBatches
{
    private readonly (int Width, int Height)[] shapes;

    /// <param name="dataset">Has one image at least.</param>
    /// <param name="batchSize">Images in a batch.</param>
    /// <param name="imageSize">Pixels of the long side.</param>
    /// <param name="stride">Sides are multiples of it.</param>
    /// <param name="marginStrides">What every side gets on top before it is rounded up, in strides.</param>
    internal RectangularBatches(DetectionDataset dataset, int batchSize, int imageSize, int stride, double marginStrides)
    {
        var sizes = dataset.Images.Select(image => (image.Width, image.Height)).ToArray();
        Order = BatchShape.Order(sizes);
        shapes = [.. Order.Chunk(batchSize).Select(batch =>
        {
            var ratios = Array.ConvertAll(batch, i => (double)sizes[i].Height / sizes[i].Width);
            return BatchShape.Of(ratios.Min(), ratios.Max(), imageSize, stride, marginStrides);
        })];
    }

    /// <summary>By height / width.</summary>
    internal int[] Order { get; }

    internal (int Width, int Height) ShapeOf(int batch) => shapes[batch];
}
