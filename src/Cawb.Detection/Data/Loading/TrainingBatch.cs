namespace Cawb.Detection.Data.Loading;

/// <summary>Augmented training images with their labels; the memory is used again for later batches.</summary>
public sealed class TrainingBatch : LoadedBatch
{
    internal TrainingBatch(int capacity, int imageSize)
        : base(capacity) => ImageSize = imageSize;

    /// <summary>The size that was asked for: pixels on a side, of rectangular batches on the long one.</summary>
    public int ImageSize { get; }
}
