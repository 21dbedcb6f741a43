namespace Cawb.Detection.Data.Loading;

/// <summary>The labels of a batch: for each sample its own list while threads fill it, joined to rows of six numbers at the end.</summary>
internal sealed class LabelRows(int samples)
{
    /// <summary>Image in the batch, class, centre x, centre y, width, height.</summary>
    internal const int Columns = 6;

    private readonly List<LabelBox>[] bySample = [.. Enumerable.Range(0, samples).Select(_ => new List<LabelBox>())];
    private float[] rows = [];

    internal int Count { get; private set; }

    internal ReadOnlySpan<float> Rows => rows.AsSpan(0, Count * Columns);

    /// <summary>The emptied list of one sample.</summary>
    internal List<LabelBox> Of(int sample)
    {
        bySample[sample].Clear();
        return bySample[sample];
    }

    internal void Join(int samplesInBatch)
    {
        Count = 0;
        for (var i = 0; i < samplesInBatch; i++)
        {
            Count += bySample[i].Count;
        }

        if (rows.Length < Count * Columns)
        {
            rows = new float[Math.Max(2 * rows.Length, Count * Columns)];
        }

        var at = 0;
        for (var i = 0; i < samplesInBatch; i++)
        {
            foreach (var box in bySample[i])
            {
                rows[at] = i;
                rows[at + 1] = box.ClassIndex;
                rows[at + 2] = (float)box.CenterX;
                rows[at + 3] = (float)box.CenterY;
                rows[at + 4] = (float)box.Width;
                rows[at + 5] = (float)box.Height;
                at += Columns;
            }
        }
    }
}
