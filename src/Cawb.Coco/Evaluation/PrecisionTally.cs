using System.Numerics;

namespace Cawb.Coco.Evaluation;

/// <summary>
/// Counts hits and misses along the falling scores of one category, for one area range and one number of detections, at all thresholds at once.
/// </summary>
/// <remarks>
/// The envelope of precision over recall changes only at hits, so nothing but the misses before each hit is kept.
/// </remarks>
internal sealed class PrecisionTally
{
    private static readonly int Thresholds = CocoRules.IouThresholds.Length;
    private readonly int[] _hits = new int[Thresholds];
    private readonly int[] _misses = new int[Thresholds];

    // [threshold][hit]: misses before the hit at that threshold, without the shared ones; and the hit's place in the order of scores.
    private (int Misses, int Rank)[] _events = [];
    private int _capacity;
    private int _missesOfAll;

    public void Reset(int mostHits)
    {
        Array.Clear(_hits);
        Array.Clear(_misses);
        _missesOfAll = 0;
        _capacity = mostHits;
        if (_events.Length < Thresholds * mostHits)
        {
            _events = new (int, int)[Math.Max(Thresholds * mostHits, 2 * _events.Length)];
        }
    }

    public void MissAtAll() => _missesOfAll++;

    /// <param name="hits">Bit t: counts as found at threshold t.</param>
    /// <param name="misses">Bit t: counts against at threshold t.</param>
    /// <param name="rank">The detection's place in the order of scores.</param>
    public void Add(int hits, int misses, int rank)
    {
        if (misses == CocoRules.AllThresholds)
        {
            _missesOfAll++;
            return;
        }

        for (; hits != 0; hits &= hits - 1)
        {
            var t = BitOperations.TrailingZeroCount(hits);
            _events[(t * _capacity) + _hits[t]++] = (_misses[t] + _missesOfAll, rank);
        }

        for (; misses != 0; misses &= misses - 1)
        {
            _misses[BitOperations.TrailingZeroCount(misses)]++;
        }
    }

    /// <summary>Writes what the counts amount to.</summary>
    /// <param name="counting">How many things there were to find, more than 0.</param>
    /// <param name="hitsNeeded">(101) the hits at which each recall threshold is reached, rising; element 0 is 0.</param>
    /// <param name="ranked">The detections of the category in the order of scores.</param>
    /// <param name="precisions">(10, 101)</param>
    /// <param name="scores">(10, 101)</param>
    /// <param name="recalls">(10)</param>
    public void Write(int counting, ReadOnlySpan<int> hitsNeeded, ReadOnlySpan<RankedDetection> ranked, Span<double> precisions, Span<double> scores, Span<double> recalls)
    {
        precisions.Clear();
        scores.Clear();
        for (var t = 0; t < Thresholds; t++)
        {
            var hits = _hits[t];
            recalls[t] = (double)hits / counting;
            if (ranked.IsEmpty)
            {
                continue;
            }

            var precision = precisions.Slice(t * hitsNeeded.Length, hitsNeeded.Length);
            var score = scores.Slice(t * hitsNeeded.Length, hitsNeeded.Length);
            var events = _events.AsSpan(t * _capacity, hits);
            var r = hitsNeeded.Length - 1;
            while (hitsNeeded[r] > hits)
            {
                r--;
            }

            var highest = 0.0;
            for (var hit = hits; hit > 0; hit--)
            {
                var (misses, rank) = events[hit - 1];
                highest = Math.Max(highest, hit / ((double)misses + hit + CocoRules.PrecisionSpacing));
                while (hitsNeeded[r] == hit)
                {
                    precision[r] = highest;
                    score[r] = ranked[rank].Score;
                    r--;
                }
            }

            // Recall 0 is reached by the very first detection, hit or not.
            precision[0] = highest;
            score[0] = ranked[0].Score;
        }
    }
}
