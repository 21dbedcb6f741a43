using System.Runtime.CompilerServices;

namespace Cawb.Coco.Evaluation;

/// <summary>Stable sorting by small whole numbers.</summary>
internal static class CountingSort
{
    /// <summary>Reorders positions by their keys; equal keys keep their order.</summary>
    /// <param name="positions">What to sort.</param>
    /// <param name="keys">The key of each position, 0 to <paramref name="keyCount"/> - 1.</param>
    /// <param name="keyCount">The number of possible keys.</param>
    /// <param name="sorted">As long as <paramref name="positions"/>.</param>
    /// <returns>Where each key starts in <paramref name="sorted"/>, and at last its length.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int[] Sort(ReadOnlySpan<int> positions, ReadOnlySpan<int> keys, int keyCount, Span<int> sorted)
    {
        var starts = new int[keyCount + 1];
        foreach (var position in positions)
        {
            starts[keys[position] + 1]++;
        }

        for (var key = 0; key < keyCount; key++)
        {
            starts[key + 1] += starts[key];
        }

        var next = starts.AsSpan(0, keyCount).ToArray();
        foreach (var position in positions)
        {
            sorted[next[keys[position]]++] = position;
        }

        return starts;
    }
}
