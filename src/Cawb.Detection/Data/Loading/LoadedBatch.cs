using Cawb.Detection.Images;

namespace Cawb.Detection.Data.Loading;

/// <summary>Images of one size with their labels; the memory is used again for later batches.</summary>
public abstract class LoadedBatch
{
    private readonly List<LabelBox>[] bySample;
    private readonly int[] imageIndices;
    private byte[] buffer = [];
    private LabelRow[] rows = [];

    private protected LoadedBatch(int capacity)
    {
        bySample = [.. Enumerable.Range(0, capacity).Select(_ => new List<LabelBox>())];
        imageIndices = new int[capacity];
    }

    /// <summary>Position among the batches, from 0.</summary>
    public int Index { get; private set; }

    /// <summary>Images, of a batch in parts those of the part; fewer in the last batch when the data set does not divide evenly.</summary>
    public int Count { get; private set; }

    /// <summary>Pixels, the same for all images of the batch.</summary>
    public int Width { get; private set; }

    /// <summary>Pixels, the same for all images of the batch.</summary>
    public int Height { get; private set; }

    /// <summary>Labelled boxes in all images.</summary>
    public int LabelCount { get; private set; }

    /// <summary>(Count, 3, Height, Width) bytes: images, planes red, green, blue, rows. The memory does not move (pinned) as long as the batch is valid; divide by 255 for the network.</summary>
    public ReadOnlySpan<byte> Pixels => buffer.AsSpan(0, Count * Image.BytesOf(Width, Height));

    /// <summary>Ordered by image; coordinates are fractions of the batch's width and height, rounded to single precision.</summary>
    public ReadOnlySpan<LabelRow> Labels => rows.AsSpan(0, LabelCount);

    /// <summary>For each image, the index in the data set of the sample (of a mosaic: of the image that it was drawn for).</summary>
    public ReadOnlySpan<int> ImageIndices => imageIndices.AsSpan(0, Count);

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

    internal void SetImageIndex(int sample, int index) => imageIndices[sample] = index;

    /// <summary>The emptied list of one sample, which threads fill side by side.</summary>
    internal List<LabelBox> LabelsOf(int sample)
    {
        bySample[sample].Clear();
        return bySample[sample];
    }

    /// <summary>Joins the samples' lists to rows.</summary>
    internal void JoinLabels()
    {
        var samples = bySample.AsSpan(0, Count);
        LabelCount = 0;
        foreach (var boxes in samples)
        {
            LabelCount += boxes.Count;
        }

        if (rows.Length < LabelCount)
        {
            rows = new LabelRow[Math.Max(2 * rows.Length, LabelCount)];
        }

        var at = 0;
        for (var sample = 0; sample < samples.Length; sample++)
        {
            foreach (var box in samples[sample])
            {
                rows[at++] = new LabelRow(sample, box.ClassIndex, (float)box.CenterX, (float)box.CenterY, (float)box.Width, (float)box.Height);
            }
        }
    }
}
