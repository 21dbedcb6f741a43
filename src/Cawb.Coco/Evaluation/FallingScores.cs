using System.Runtime.CompilerServices;

namespace Cawb.Coco.Evaluation;

/// <summary>Orders scores from high to low; equal scores keep their order. Linear in their number, whatever they are. Owns the memory for it.</summary>
internal sealed class FallingScores
{
    private const int Digits = sizeof(ulong);
    private const int Values = 1 << 8;

    private readonly int[] counts = new int[Digits * Values];
    private (ulong Key, int Position)[] entryBuffer = [];
    private (ulong Key, int Position)[] spareBuffer = [];

    /// <param name="scores">Finite.</param>
    /// <returns>The positions in <paramref name="scores"/>, best first; valid until the next call.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ReadOnlySpan<(ulong Key, int Position)> Sort(ReadOnlySpan<double> scores)
    {
        if (entryBuffer.Length < scores.Length)
        {
            entryBuffer = new (ulong, int)[Math.Max(scores.Length, 2 * entryBuffer.Length)];
            spareBuffer = new (ulong, int)[entryBuffer.Length];
        }

        var entries = entryBuffer.AsSpan(0, scores.Length);
        var spare = spareBuffer.AsSpan(0, scores.Length);
        var counts = this.counts.AsSpan();
        counts.Clear();
        for (var i = 0; i < scores.Length; i++)
        {
            var key = RisingKey(scores[i]);
            entries[i] = (key, i);
            for (var digit = 0; digit < Digits; digit++)
            {
                counts[(digit * Values) + (int)(key >> (8 * digit) & 0xFF)]++;
            }
        }

        for (var digit = 0; digit < Digits; digit++)
        {
            var places = counts.Slice(digit * Values, Values);
            if (!scores.IsEmpty && places[(int)(entries[0].Key >> (8 * digit) & 0xFF)] == scores.Length)
            {
                continue;
            }

            var next = 0;
            for (var value = 0; value < Values; value++)
            {
                (places[value], next) = (next, next + places[value]);
            }

            foreach (var entry in entries)
            {
                spare[places[(int)(entry.Key >> (8 * digit) & 0xFF)]++] = entry;
            }

            var sorted = spare;
            spare = entries;
            entries = sorted;
        }

        return entries;
    }

    /// <summary>A number that rises as the score falls.</summary>
    private static ulong RisingKey(double score)
    {
        // Adding 0 turns -0 into +0, which are equal as scores.
        var bits = BitConverter.DoubleToUInt64Bits(score + 0.0);
        return (bits >> 63) != 0 ? bits : ~(bits | 1UL << 63);
    }
}
