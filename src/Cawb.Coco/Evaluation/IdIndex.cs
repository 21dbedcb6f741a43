namespace Cawb.Coco.Evaluation;

/// <summary>Numbers the different ids of a list by ascending value.</summary>
internal sealed class IdIndex
{
    private readonly long[] ids;
    private readonly long lowest;
    private readonly int[] dense = [];
    private readonly Dictionary<long, int> sparse = [];

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

        this.ids = ids[..count];
        if (count == 0)
        {
            return;
        }

        // Ids of real data sets are nearly dense, and then a table is several times faster than hashing.
        lowest = this.ids[0];
        var span = (UInt128)((Int128)this.ids[^1] - lowest) + 1;
        if (span <= (UInt128)(16L * count + 4096))
        {
            dense = new int[(int)span];
            Array.Fill(dense, -1);
            for (var i = 0; i < count; i++)
            {
                dense[this.ids[i] - lowest] = i;
            }
        }
        else
        {
            sparse = new Dictionary<long, int>(count);
            for (var i = 0; i < count; i++)
            {
                sparse.Add(this.ids[i], i);
            }
        }
    }

    public int Count => ids.Length;

    public ReadOnlySpan<long> Ids => ids;

    /// <summary>The number of an id, -1 for one that is not in the list.</summary>
    public int Of(long id)
    {
        if (dense.Length > 0)
        {
            var offset = (ulong)(id - lowest);
            return offset < (ulong)dense.Length ? dense[offset] : -1;
        }

        return sparse.TryGetValue(id, out var index) ? index : -1;
    }
}
