using System.Runtime.CompilerServices;

namespace Cawb.Detection.Inference;

/// <summary>Candidates of one image, of which the best come out in order; equal scores in the order of adding.</summary>
/// <remarks>Compiled at its best at once, like <see cref="NonMaximumSuppression"/>: a validation is over before the runtime would do so by itself.</remarks>
/// <param name="limit">How many come out at most.</param>
internal sealed class CandidateList(int limit)
{
    private const int IndexBits = 32;
    private const int TopBits = 16;

    // Score above, index below: the bits of positive floats order like the floats, and turned over they sort the best to the front.
    private ulong[] keys = new ulong[256];

    private int count;

    /// <summary>Adds a candidate if its score lies above the threshold.</summary>
    /// <param name="threshold">0 or more, so that scores that stay are above 0.</param>
    /// <param name="score">Finite or not a number, which lies above nothing.</param>
    /// <param name="index">Says which it is; higher than that of any candidate before.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddAbove(float threshold, float score, int index)
    {
        if (score > threshold)
        {
            Add(((ulong)~BitConverter.SingleToUInt32Bits(score) << IndexBits) | (uint)index);
        }
    }

    /// <summary>The indices, highest score first. Ends the adding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int[] BestFirst()
    {
        if (count > limit)
        {
            DropHopeless();
        }

        var sorted = keys.AsSpan(0, count);
        sorted.Sort();
        count = Math.Min(count, limit);
        var indices = new int[count];
        for (var i = 0; i < indices.Length; i++)
        {
            indices[i] = (int)(uint)sorted[i];
        }

        return indices;
    }

    /// <summary>Counts by the upper half of the score's bits and drops what is certainly behind the limit, so that millions need not be sorted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DropHopeless()
    {
        var counts = new int[1 << TopBits];
        foreach (var key in keys.AsSpan(0, count))
        {
            counts[key >> (64 - TopBits)]++;
        }

        var (last, better) = (0, counts[0]);
        while (better < limit)
        {
            better += counts[++last];
        }

        var stayed = 0;
        foreach (var key in keys.AsSpan(0, count))
        {
            keys[stayed] = key;
            stayed += key >> (64 - TopBits) <= (ulong)last ? 1 : 0;
        }

        count = stayed;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Add(ulong key)
    {
        if (count == keys.Length)
        {
            Array.Resize(ref keys, 2 * keys.Length);
        }

        keys[count++] = key;
    }
}
