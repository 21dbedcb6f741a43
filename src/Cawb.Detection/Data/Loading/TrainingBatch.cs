using Cawb.Detection.Images;

namespace Cawb.Detection.Data.Loading;

/// <summary>Augmented training pictures with their labels; the memory is used again for later batches.</summary>
public sealed class TrainingBatch
{
    private readonly int[] imageIndices;
    private byte[] buffer = [];

    internal TrainingBatch(int capacity, int imageSize)
    {
        ImageSize = imageSize;
        LabelRows = new LabelRows(capacity);
        imageIndices = new int[capacity];
    }

    /// <summary>Position in the epoch, from 0.</summary>
    public int Index { get; private set; }

    /// <summary>Pictures, of a batch in parts those of the part; fewer in the last batch of an epoch when the data set does not divide evenly.</summary>
    public int Count { get; private set; }

    /// <summary>The size that was asked for: pixels on a side, of rectangular batches on the long one.</summary>
    public int ImageSize { get; }

    /// <summary>Pixels, the same for all pictures of the batch; <see cref="ImageSize"/> but for rectangular batches.</summary>
    public int Width { get; private set; }

    /// <summary>Pixels, the same for all pictures of the batch; <see cref="ImageSize"/> but for rectangular batches.</summary>
    public int Height { get; private set; }

    /// <summary>(Count, 3, Height, Width) bytes: pictures, planes red, green, blue, rows. The memory does not move (pinned) as long as the batch is valid; divide by 255 for the network.</summary>
    public ReadOnlySpan<byte> Pixels => buffer.AsSpan(0, Count * Image.BytesOf(Width, Height));

    /// <summary>(LabelCount, 6): picture in the batch, class, centre x, centre y, width, height, the last four normalised to 0 to 1; ordered by picture.</summary>
    public ReadOnlySpan<float> Labels => LabelRows.Rows;

    /// <summary>Rows of <see cref="Labels"/>.</summary>
    public int LabelCount => LabelRows.Count;

    /// <summary>For each picture, the index in the data set of the sample (of a mosaic: of the picture that it was drawn for).</summary>
    public ReadOnlySpan<int> ImageIndices => imageIndices.AsSpan(0, Count);

    internal LabelRows LabelRows { get; }

    internal void Begin(int index, int count, int width, int height)
    {
        (Index, Count, Width, Height) = (index, count, width, height);
        var bytes = checked(imageIndices.Length * Image.BytesOf(width, height));
        if (buffer.Length < bytes)
        {
            buffer = GC.AllocateUninitializedArray<byte>(bytes, pinned: true);
        }
    }

    internal Span<byte> PixelsOf(int sample)
    {
        var bytes = Image.BytesOf(Width, Height);
        return buffer.AsSpan(sample * bytes, bytes);
    }

    internal void SetImageIndex(int sample, int index) => imageIndices[sample] = index;
}
