using Cawb.Detection.Images;

namespace Cawb.Detection.Data.Loading;

/// <summary>Letterboxed validation pictures with their labels; the memory is used again for later batches.</summary>
public sealed class ValidationBatch
{
    private readonly int[] imageIndices;
    private readonly LetterboxMapping[] mappings;
    private byte[] buffer = [];

    internal ValidationBatch(int capacity)
    {
        LabelRows = new LabelRows(capacity);
        imageIndices = new int[capacity];
        mappings = new LetterboxMapping[capacity];
    }

    /// <summary>Position in the part, from 0.</summary>
    public int Index { get; private set; }

    /// <summary>Pictures.</summary>
    public int Count { get; private set; }

    /// <summary>Pixels, the same for all pictures of the batch.</summary>
    public int Width { get; private set; }

    /// <summary>Pixels, the same for all pictures of the batch.</summary>
    public int Height { get; private set; }

    /// <summary>(Count, 3, Height, Width) bytes: pictures, planes red, green, blue, rows. The memory does not move (pinned) as long as the batch is valid.</summary>
    public ReadOnlySpan<byte> Pixels => buffer.AsSpan(0, Count * Image.BytesOf(Width, Height));

    /// <summary>(LabelCount, 6): picture in the batch, class, centre x, centre y, width, height, the last four as shares of the padded picture.</summary>
    public ReadOnlySpan<float> Labels => LabelRows.Rows;

    /// <summary>Rows of <see cref="Labels"/>.</summary>
    public int LabelCount => LabelRows.Count;

    /// <summary>For each picture, its index in the data set.</summary>
    public ReadOnlySpan<int> ImageIndices => imageIndices.AsSpan(0, Count);

    /// <summary>For each picture, the way back to its own pixels.</summary>
    public ReadOnlySpan<LetterboxMapping> Mappings => mappings.AsSpan(0, Count);

    internal LabelRows LabelRows { get; }

    internal void Begin(int index, int count, int width, int height)
    {
        (Index, Count, Width, Height) = (index, count, width, height);
        var bytes = checked(count * Image.BytesOf(width, height));
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

    internal void Set(int sample, int imageIndex, LetterboxMapping mapping) => (imageIndices[sample], mappings[sample]) = (imageIndex, mapping);
}
