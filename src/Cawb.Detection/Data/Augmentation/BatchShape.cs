namespace Cawb.Detection.Data.Augmentation;

/// <summary>Rectangular batches: images of like shape together, each batch only as large as its images need.</summary>
internal static class BatchShape
{
    /// <summary>The order of the images: by height / width, equal ones in their own order.</summary>
    internal static int[] Order(IReadOnlyList<(int Width, int Height)> sizes) =>
        [.. Enumerable.Range(0, sizes.Count).OrderBy(i => (double)sizes[i].Height / sizes[i].Width)];

    /// <summary>The shape of a batch: (hmax, 1) if all ratios are below 1, (1, 1/hmin) if all are above, else square; times size / stride, plus a margin, rounded up, times stride.</summary>
    /// <param name="minRatio">The least height / width in the batch.</param>
    /// <param name="maxRatio">The greatest.</param>
    /// <param name="imageSize">Pixels of the long side.</param>
    /// <param name="stride">Pixels.</param>
    /// <param name="margin">Strides; 0.5 in YOLOv5.</param>
    internal static (int Width, int Height) Of(double minRatio, double maxRatio, int imageSize, int stride, double margin)
    {
        var (width, height) = maxRatio < 1 ? (1.0, maxRatio) : minRatio > 1 ? (1 / minRatio, 1.0) : (1.0, 1.0);
        return (Whole(width), Whole(height));

        int Whole(double share) => (int)Math.Ceiling(share * imageSize / stride + margin) * stride;
    }
}
