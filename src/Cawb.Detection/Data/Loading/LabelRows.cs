namespace Cawb.Detection.Data.Loading;

/// <summary>The labels of a batch: for each sample its own list while threads fill it, joined to rows of six numbers at the end.</summary>
internal sealed class LabelRows(int samples)
{
    /// <summary>Image in the batch, class, centre x, centre y, width, height.</summary>
    internal const int Columns = 6;

    private readonly List<LabelBox>[] _bySample = [.. Enumerable.Range(0, samples).Select(_ => new List<LabelBox>())];
    private float[] _rows = [];

    internal int Count { get; private set; }

    internal ReadOnlySpan<float> Rows => _rows.AsSpan(0, Count * Columns);

    /// <summary>The emptied list of one sample.</summary>
    internal List<LabelBox> Of(int sample)
    {
        _bySample[sample].Clear();
        return _bySample[sample];
    }

    internal void Join(int samplesInBatch)
    {
        Count = 0;
        for (var i = 0; i < samplesInBatch; i++)
        {
            Count += _bySample[i].Count;
        }

        if (_rows.Length < Count * Columns)
        {
            _rows = new float[Math.Max(2 * _rows.Length, Count * Columns)];
        }

        var at = 0;
        for (var i = 0; i < samplesInBatch; i++)
        {
            foreach (var box in _bySample[i])
            {
                _rows[at] = i;
                _rows[at + 1] = box.ClassIndex;
                _rows[at + 2] = (float)box.CenterX;
                _rows[at + 3] = (float)box.CenterY;
                _rows[at + 4] = (float)box.Width;
                _rows[at + 5] = (float)box.Height;
                at += Columns;
            }
        }
    }
}
