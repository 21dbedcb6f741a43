using System.Numerics;
using System.Runtime.CompilerServices;

namespace Cawb.Coco.Evaluation;

/// <summary>
/// Counts hits and misses along the falling scores of one category, for one area range, at all thresholds and all numbers of detections at once.
/// </summary>
/// <remarks>
/// The envelope of precision over recall changes only at hits, so nothing but the misses before each hit is kept.
/// A cut is an index into <see cref="CocoRules.MaxDetections"/>; a detection counts in its first cut and in all after it.
/// </remarks>
internal sealed class AreaTally
{
    private static readonly int Thresholds = CocoRules.IouThresholds.Length;
    private static readonly int Cuts = CocoRules.MaxDetections.Length;

    // [cut][threshold]; the misses without those at all thresholds.
    private readonly int[] hitCounts = new int[Cuts * Thresholds];
    private readonly int[] missCounts = new int[Cuts * Thresholds];

    // [first cut]: misses at all thresholds.
    private readonly int[] fullMissCounts = new int[Cuts];

    // [cut][threshold][hit]: misses before the hit, and the hit's place in the order of scores.
    private (int Misses, int Rank)[] allEvents = [];
    private int capacity;

    /// <summary>How many things there are to find.</summary>
    public int Counting { get; set; }

    /// <summary>Starts over.</summary>
    public void Reset(int counting)
    {
        Counting = counting;
        Array.Clear(hitCounts);
        Array.Clear(missCounts);
        Array.Clear(fullMissCounts);
        capacity = counting;
        if (allEvents.Length < Cuts * Thresholds * counting)
        {
            allEvents = new (int, int)[Math.Max(checked(Cuts * Thresholds * counting), 2 * allEvents.Length)];
        }
    }

    public void MissAtAll(int firstCut) => fullMissCounts[firstCut]++;

    /// <param name="hits">Bit t: counts as found at threshold t.</param>
    /// <param name="misses">Bit t: counts against at threshold t.</param>
    /// <param name="firstCut">The smallest number of detections that includes this one.</param>
    /// <param name="rank">The detection's place in the order of scores.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(int hits, int misses, int firstCut, int rank)
    {
        var missesAtAll = 0;
        for (var cut = 0; cut < Cuts; cut++)
        {
            missesAtAll += fullMissCounts[cut];
            if (cut < firstCut)
            {
                continue;
            }

            for (var rest = hits; rest != 0; rest &= rest - 1)
            {
                var line = (cut * Thresholds) + BitOperations.TrailingZeroCount(rest);
                allEvents[(line * capacity) + hitCounts[line]++] = (missCounts[line] + missesAtAll, rank);
            }

            for (var rest = misses; rest != 0; rest &= rest - 1)
            {
                missCounts[(cut * Thresholds) + BitOperations.TrailingZeroCount(rest)]++;
            }
        }
    }

    /// <summary>Writes what the counts of one cut amount to; there is something to find.</summary>
    /// <param name="cut">Which number of detections.</param>
    /// <param name="hitsNeeded">(101) the hits at which each recall threshold is reached, rising; element 0 is 0.</param>
    /// <param name="ranked">The detections of the category in the order of scores.</param>
    /// <param name="rowScores">The scores that the positions in <paramref name="ranked"/> refer to.</param>
    /// <param name="precisions">(10, 101)</param>
    /// <param name="scores">(10, 101)</param>
    /// <param name="recalls">(10)</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Write(
        int cut,
        ReadOnlySpan<int> hitsNeeded,
        ReadOnlySpan<(ulong Key, int Position)> ranked,
        ReadOnlySpan<double> rowScores,
        Span<double> precisions,
        Span<double> scores,
        Span<double> recalls)
    {
        precisions.Clear();
        scores.Clear();
        recalls.Clear();
        for (var t = 0; t < Thresholds && !ranked.IsEmpty; t++)
        {
            var line = (cut * Thresholds) + t;
            var hits = hitCounts[line];
            recalls[t] = (double)hits / Counting;
            var precision = precisions.Slice(t * hitsNeeded.Length, hitsNeeded.Length);
            var score = scores.Slice(t * hitsNeeded.Length, hitsNeeded.Length);
            var events = allEvents.AsSpan(line * capacity, hits);
            var r = hitsNeeded.Length - 1;
            while (hitsNeeded[r] > hits)
            {
                r--;
            }

            var highest = 0.0;
            for (var hit = hits; hit > 0; hit--)
            {
                var (misses, rank) = events[hit - 1];
                var here = hit / ((double)misses + hit + CocoRules.PrecisionSpacing);
                highest = here > highest ? here : highest;
                if (hitsNeeded[r] == hit)
                {
                    var reached = rowScores[ranked[rank].Position];
                    do
                    {
                        precision[r] = highest;
                        score[r] = reached;
                        r--;
                    }
                    while (hitsNeeded[r] == hit);
                }
            }

            // Recall 0 is reached by the very first detection, hit or not.
            precision[0] = highest;
            score[0] = rowScores[ranked[0].Position];
        }
    }
}
