using Cawb.Detection.Images;

namespace Cawb.Detection.Data.Loading;

/// <summary>Augmented training pictures with their labels; the memory is used again for later batches.</summary>
public sealed class TrainingBatch
{
    private readonly int[] _imageIndices;

    internal TrainingBatch(int capacity, int imageSize)
    {
        ImageSize = imageSize;
        Buffer = GC.AllocateUninitializedArray<byte>(checked(capacity * Image.BytesOf(imageSize, imageSize)), pinned: true);
        LabelRows = new LabelRows(capacity);
        _imageIndices = new int[capacity];
    }

    /// <summary>Position in the epoch, from 0.</summary>
    public int Index { get; internal set; }

    /// <summary>Pictures; fewer in the last batch of an epoch when the data set does not divide evenly.</summary>
    public int Count { get; internal set; }

    /// <summary>Pixels on a side of each picture.</summary>
    public int ImageSize { get; }

    /// <summary>(Count, 3, S, S) bytes: pictures, planes red, green, blue, rows. The memory does not move (pinned); divide by 255 for the network.</summary>
    public ReadOnlySpan<byte> Pixels => Buffer.AsSpan(0, Count * Image.BytesOf(ImageSize, ImageSize));

    /// <summary>(LabelCount, 6): picture in the batch, class, centre x, centre y, width, height, the last four normalised to 0 to 1; ordered by picture.</summary>
    public ReadOnlySpan<float> Labels => LabelRows.Rows;

    /// <summary>Rows of <see cref="Labels"/>.</summary>
    public int LabelCount => LabelRows.Count;

    /// <summary>For each picture, the index in the data set of the sample (of a mosaic: of the picture that it was drawn for).</summary>
    public ReadOnlySpan<int> ImageIndices => _imageIndices.AsSpan(0, Count);

    internal byte[] Buffer { get; }

    internal LabelRows LabelRows { get; }

    internal Span<byte> PixelsOf(int sample)
    {
        var bytes = Image.BytesOf(ImageSize, ImageSize);
        return Buffer.AsSpan(sample * bytes, bytes);
    }

    internal void SetImageIndex(int sample, int index) => _imageIndices[sample] = index;
}
