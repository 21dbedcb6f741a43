namespace Cawb.Coco.Evaluation;

/// <summary>Numbers the different ids of a list by ascending value.</summary>
internal sealed class IdIndex
{
    private readonly long[] _ids;
    private readonly long _lowest;
    private readonly int[] _dense = [];
    private readonly Dictionary<long, int> _sparse = [];

    public IdIndex(long[] ids)
    {
        Array.Sort(ids);
        var count = 0;
        for (var i = 0; i < ids.Length; i++)
        {
            if (i == 0 || ids[i] != ids[i - 1])
            {
                ids[count++] = ids[i];
            }
        }

        _ids = ids[..count];
        if (count == 0)
        {
            return;
        }

        // Ids of real data sets are nearly dense, and then a table is several times faster than hashing.
        _lowest = _ids[0];
        var span = (UInt128)((Int128)_ids[^1] - _lowest) + 1;
        if (span <= (UInt128)(16L * count + 4096))
        {
            _dense = new int[(int)span];
            Array.Fill(_dense, -1);
            for (var i = 0; i < count; i++)
            {
                _dense[_ids[i] - _lowest] = i;
            }
        }
        else
        {
            _sparse = new Dictionary<long, int>(count);
            for (var i = 0; i < count; i++)
            {
                _sparse.Add(_ids[i], i);
            }
        }
    }

    public int Count => _ids.Length;

    public ReadOnlySpan<long> Ids => _ids;

    /// <summary>The number of an id, -1 for one that is not in the list.</summary>
    public int Of(long id)
    {
        if (_dense.Length > 0)
        {
            var offset = (ulong)(id - _lowest);
            return offset < (ulong)_dense.Length ? _dense[offset] : -1;
        }

        return _sparse.TryGetValue(id, out var index) ? index : -1;
    }
}
