using System.Runtime.CompilerServices;

namespace Cawb.Coco.Evaluation;

/// <summary>Matches and counts one category after the other; owns the memory for it. One for each thread.</summary>
internal sealed class CategoryMeasurement
{
    private static readonly int Areas = CocoRules.Areas.Length;
    private static readonly int Cuts = CocoRules.MaxDetections.Length;
    private static readonly int Thresholds = CocoRules.IouThresholds.Length;
    private static readonly int Recalls = CocoRules.RecallThresholds.Length;

    private readonly GroundTruthTable _truth;
    private readonly DetectionTable _found;
    private readonly MeasurementTable _results;

    // By picture: how many detections were seen, and the first annotation and their number (both within the category).
    private readonly int[] _seen;
    private readonly int[] _firstTruth;
    private readonly int[] _truthCount;

    private readonly FallingScores _order = new();
    private readonly AreaTally[] _tallies = new AreaTally[Areas];
    private readonly int[] _hitsNeeded = new int[Recalls];

    // [annotation within the category][area]: bit t, taken at threshold t.
    private ushort[] _taken = [];
    private (double Iou, int Truth, int Mask)[] _candidates = [];

    public CategoryMeasurement(GroundTruthTable truth, DetectionTable found, MeasurementTable results)
    {
        _truth = truth;
        _found = found;
        _results = results;
        _seen = new int[truth.Images.Count];
        _firstTruth = new int[truth.Images.Count];
        _truthCount = new int[truth.Images.Count];
        for (var area = 0; area < Areas; area++)
        {
            _tallies[area] = new AreaTally();
        }
    }

    public void Measure(int category)
    {
        var start = _truth.CategoryStarts[category];
        var end = _truth.CategoryStarts[category + 1];
        if (start == end)
        {
            WriteNothing(category);
            return;
        }

        EnterTruth(start, end);
        var foundStart = _found.CategoryStarts[category];
        var foundCount = _found.CategoryStarts[category + 1] - foundStart;
        var scores = _found.Score.AsSpan(foundStart, foundCount);
        var ranked = _order.Sort(scores);
        CountAll(ranked, foundStart, start);
        Write(category, ranked, scores);
        LeaveTruth(start, end);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void EnterTruth(int start, int end)
    {
        Span<int> counting = stackalloc int[Areas];
        counting.Clear();
        for (var row = start; row < end; row++)
        {
            var image = _truth.Image[row];
            if (_truthCount[image]++ == 0)
            {
                _firstTruth[image] = row - start;
            }

            for (var area = 0; area < Areas; area++)
            {
                counting[area] += (_truth.IgnoredIn[row] >> area & 1) ^ 1;
            }
        }

        for (var area = 0; area < Areas; area++)
        {
            _tallies[area].Reset(counting[area]);
        }

        var count = end - start;
        if (_candidates.Length < count)
        {
            _candidates = new (double, int, int)[count];
            _taken = new ushort[count * Areas];
        }

        _taken.AsSpan(0, count * Areas).Clear();
    }

    private void LeaveTruth(int start, int end)
    {
        for (var row = start; row < end; row++)
        {
            _truthCount[_truth.Image[row]] = 0;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CountAll(ReadOnlySpan<(ulong Key, int Position)> ranked, int foundStart, int truthStart)
    {
        var (fewest, some, most) = (CocoRules.MaxDetections[0], CocoRules.MaxDetections[1], CocoRules.MaxDetections[2]);
        for (var rank = 0; rank < ranked.Length; rank++)
        {
            var row = foundStart + ranked[rank].Position;
            var image = _found.Image[row];
            var before = _seen[image]++;
            if (before < most)
            {
                Count(_found.Box[row], truthStart, image, before < fewest ? 0 : before < some ? 1 : 2, rank);
            }
        }

        for (var row = foundStart; row < foundStart + ranked.Length; row++)
        {
            _seen[_found.Image[row]] = 0;
        }
    }

    /// <summary>Matches one detection at every threshold and in every area range, and counts it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Count(CocoBox box, int truthStart, int image, int firstCut, int rank)
    {
        var candidates = _truthCount[image] == 0 ? 0 : FindCandidates(box, truthStart, image);
        var size = box.Area;
        for (var area = 0; area < Areas; area++)
        {
            var (lowest, highest) = CocoRules.Areas[area];
            var isOutside = size < lowest || size > highest;
            if (candidates == 0)
            {
                if (!isOutside)
                {
                    _tallies[area].MissAtAll(firstCut);
                }

                continue;
            }

            Match(_candidates.AsSpan(0, candidates), truthStart, area, out var hits, out var ignored);
            if (isOutside)
            {
                ignored |= ~hits;
            }

            var misses = ~hits & ~ignored & CocoRules.AllThresholds;
            hits &= ~ignored;
            if (misses == CocoRules.AllThresholds)
            {
                _tallies[area].MissAtAll(firstCut);
            }
            else if ((hits | misses) != 0)
            {
                _tallies[area].Add(hits, misses, firstCut, rank);
            }
        }
    }

    /// <summary>The picture's annotations that overlap enough for the lowest threshold, best first, of equal ones the later first; returns their number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int FindCandidates(CocoBox box, int truthStart, int image)
    {
        var found = 0;
        var first = _firstTruth[image];
        var end = first + _truthCount[image];
        for (var truth = first; truth < end; truth++)
        {
            var iou = BoxOverlap.Iou(box, _truth.Box[truthStart + truth], _truth.IsCrowd[truthStart + truth]);
            if (iou >= CocoRules.IouThresholds[0])
            {
                var at = found++;
                for (; at > 0 && _candidates[at - 1].Iou <= iou; at--)
                {
                    _candidates[at] = _candidates[at - 1];
                }

                _candidates[at] = (iou, truth, ThresholdsUpTo(iou));
            }
        }

        return found;
    }

    /// <param name="candidates">Best first.</param>
    /// <param name="truthStart">The category's first row.</param>
    /// <param name="area">The area range.</param>
    /// <param name="hits">Bit t: found something that counts as found at threshold t.</param>
    /// <param name="ignored">Bit t: found something that is neither for nor against at threshold t.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Match(ReadOnlySpan<(double Iou, int Truth, int Mask)> candidates, int truthStart, int area, out int hits, out int ignored)
    {
        hits = 0;
        ignored = 0;
        var open = CocoRules.AllThresholds;
        var ignorable = 0;
        foreach (var (_, truth, mask) in candidates)
        {
            if ((_truth.IgnoredIn[truthStart + truth] >> area & 1) != 0)
            {
                ignorable |= mask;
                continue;
            }

            ref var taken = ref _taken[(truth * Areas) + area];
            var here = open & mask & ~taken;
            taken |= (ushort)here;
            open &= ~here;
            hits |= _truth.CanCount[truthStart + truth] ? here : 0;
        }

        if ((open & ignorable) == 0)
        {
            return;
        }

        foreach (var (_, truth, mask) in candidates)
        {
            if ((_truth.IgnoredIn[truthStart + truth] >> area & 1) == 0)
            {
                continue;
            }

            ref var taken = ref _taken[(truth * Areas) + area];
            var here = open & mask & (_truth.IsCrowd[truthStart + truth] ? CocoRules.AllThresholds : ~taken);
            taken |= (ushort)here;
            open &= ~here;
            ignored |= here;
            hits |= _truth.CanCount[truthStart + truth] ? here : 0;
        }
    }

    private static int ThresholdsUpTo(double iou)
    {
        var mask = 0;
        for (var t = 0; t < Thresholds && iou >= CocoRules.IouThresholds[t]; t++)
        {
            mask |= 1 << t;
        }

        return mask;
    }

    private void Write(int category, ReadOnlySpan<(ulong Key, int Position)> ranked, ReadOnlySpan<double> scores)
    {
        for (var area = 0; area < Areas; area++)
        {
            if (_tallies[area].Counting == 0)
            {
                WriteNothing(category, area);
                continue;
            }

            FindHitsNeeded(_tallies[area].Counting);
            for (var cut = 0; cut < Cuts; cut++)
            {
                var cell = _results.Cell(area, cut, category);
                _tallies[area].Write(
                    cut,
                    _hitsNeeded,
                    ranked,
                    scores,
                    _results.Precisions.AsSpan(cell * Recalls, Thresholds * Recalls),
                    _results.Scores.AsSpan(cell * Recalls, Thresholds * Recalls),
                    _results.Recalls.AsSpan(cell, Thresholds));
            }
        }
    }

    private void WriteNothing(int category)
    {
        for (var area = 0; area < Areas; area++)
        {
            WriteNothing(category, area);
        }
    }

    private void WriteNothing(int category, int area)
    {
        for (var cut = 0; cut < Cuts; cut++)
        {
            var cell = _results.Cell(area, cut, category);
            _results.Precisions.AsSpan(cell * Recalls, Thresholds * Recalls).Fill(-1);
            _results.Scores.AsSpan(cell * Recalls, Thresholds * Recalls).Fill(-1);
            _results.Recalls.AsSpan(cell, Thresholds).Fill(-1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FindHitsNeeded(int counting)
    {
        var hits = 0;
        for (var r = 0; r < Recalls; r++)
        {
            while ((double)hits / counting < CocoRules.RecallThresholds[r])
            {
                hits++;
            }

            _hitsNeeded[r] = hits;
        }
    }
}
