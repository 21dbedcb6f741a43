namespace Cawb.Coco.Evaluation;

/// <summary>Matches and counts one category after the other; owns the memory for it. One for each thread.</summary>
internal sealed class CategoryMeasurement
{
    private static readonly int Areas = CocoRules.Areas.Length;
    private static readonly int Cuts = CocoRules.MaxDetections.Length;
    private static readonly int Thresholds = CocoRules.IouThresholds.Length;
    private static readonly int Recalls = CocoRules.RecallThresholds.Length;

    private readonly GroundTruthTable _truth;
    private readonly DetectionTable _detections;
    private readonly MeasurementTable _results;

    // By picture: how many detections were seen, and the first annotation and their number (both within the category).
    private readonly int[] _seen;
    private readonly int[] _firstTruth;
    private readonly int[] _truthCount;

    private readonly PrecisionTally[] _tallies;
    private readonly int[] _counting = new int[Areas];
    private readonly int[] _hitsNeeded = new int[Recalls];
    private RankedDetection[] _ranked = [];

    // [annotation within the category][area]: bit t, taken at threshold t.
    private ushort[] _taken = [];
    private (double Iou, int Truth, int Mask)[] _candidates = [];

    public CategoryMeasurement(GroundTruthTable truth, DetectionTable detections, MeasurementTable results)
    {
        _truth = truth;
        _detections = detections;
        _results = results;
        _seen = new int[truth.Images.Count];
        _firstTruth = new int[truth.Images.Count];
        _truthCount = new int[truth.Images.Count];
        _tallies = new PrecisionTally[Areas * Cuts];
        for (var i = 0; i < _tallies.Length; i++)
        {
            _tallies[i] = new PrecisionTally();
        }
    }

    public void Measure(int category)
    {
        var truthStart = _truth.CategoryStarts[category];
        var truthCount = _truth.CategoryStarts[category + 1] - truthStart;
        var order = _detections.Order.AsSpan(_detections.CategoryStarts[category].._detections.CategoryStarts[category + 1]);
        EnterTruth(truthStart, truthCount);
        var ranked = truthCount > 0 ? Rank(order) : [];
        if (truthCount > 0)
        {
            foreach (var tally in _tallies)
            {
                tally.Reset(truthCount);
            }

            for (var rank = 0; rank < ranked.Length; rank++)
            {
                var item = order[ranked[rank].Position];
                var image = _detections.Image[item];
                var before = _seen[image]++;
                if (before < CocoRules.MaxDetections[^1])
                {
                    Count(_detections.Items[item].Box, truthStart, image, before, rank);
                }
            }

            foreach (var item in order)
            {
                _seen[_detections.Image[item]] = 0;
            }
        }

        Write(category, ranked);
        for (var row = truthStart; row < truthStart + truthCount; row++)
        {
            _truthCount[_truth.Image[row]] = 0;
        }
    }

    private void EnterTruth(int start, int count)
    {
        Array.Clear(_counting);
        for (var row = start; row < start + count; row++)
        {
            var image = _truth.Image[row];
            if (_truthCount[image]++ == 0)
            {
                _firstTruth[image] = row - start;
            }

            for (var area = 0; area < Areas; area++)
            {
                _counting[area] += (_truth.IgnoredIn[row] >> area & 1) ^ 1;
            }
        }

        if (_candidates.Length < count)
        {
            _candidates = new (double, int, int)[count];
            _taken = new ushort[count * Areas];
        }

        _taken.AsSpan(0, count * Areas).Clear();
    }

    private ReadOnlySpan<RankedDetection> Rank(ReadOnlySpan<int> order)
    {
        if (_ranked.Length < order.Length)
        {
            _ranked = new RankedDetection[Math.Max(order.Length, 2 * _ranked.Length)];
        }

        var ranked = _ranked.AsSpan(0, order.Length);
        for (var i = 0; i < order.Length; i++)
        {
            ranked[i] = new RankedDetection(_detections.Items[order[i]].Score, i);
        }

        ranked.Sort();
        return ranked;
    }

    /// <summary>Matches one detection at every threshold and in every area range, and counts it.</summary>
    private void Count(CocoBox box, int truthStart, int image, int before, int rank)
    {
        var candidates = FindCandidates(box, truthStart, image);
        var firstCut = before < CocoRules.MaxDetections[0] ? 0 : before < CocoRules.MaxDetections[1] ? 1 : 2;
        var size = box.Area;
        for (var area = 0; area < Areas; area++)
        {
            if (_counting[area] == 0)
            {
                continue;
            }

            var (lowest, highest) = CocoRules.Areas[area];
            var isOutside = size < lowest || size > highest;
            int hits = 0, ignored = 0;
            if (candidates.Length > 0)
            {
                Match(candidates, truthStart, area, out hits, out ignored);
            }

            if (isOutside)
            {
                ignored |= ~hits;
            }

            var misses = ~hits & ~ignored & CocoRules.AllThresholds;
            hits &= ~ignored;
            if ((hits | misses) != 0)
            {
                for (var cut = firstCut; cut < Cuts; cut++)
                {
                    _tallies[(area * Cuts) + cut].Add(hits, misses, rank);
                }
            }
        }
    }

    /// <summary>The picture's annotations that overlap enough for the lowest threshold, best first, of equal ones the later first.</summary>
    private ReadOnlySpan<(double Iou, int Truth, int Mask)> FindCandidates(CocoBox box, int truthStart, int image)
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

        return _candidates.AsSpan(0, found);
    }

    /// <param name="candidates">Best first.</param>
    /// <param name="truthStart">The category's first row.</param>
    /// <param name="area">The area range.</param>
    /// <param name="hits">Bit t: found something that counts as found at threshold t.</param>
    /// <param name="ignored">Bit t: found something that is neither for nor against at threshold t.</param>
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

    private void Write(int category, ReadOnlySpan<RankedDetection> ranked)
    {
        for (var area = 0; area < Areas; area++)
        {
            var counting = _counting[area];
            FindHitsNeeded(counting);
            for (var cut = 0; cut < Cuts; cut++)
            {
                var cell = _results.Cell(area, cut, category);
                var precisions = _results.Precisions.AsSpan(cell * Recalls, Thresholds * Recalls);
                var scores = _results.Scores.AsSpan(cell * Recalls, Thresholds * Recalls);
                var recalls = _results.Recalls.AsSpan(cell, Thresholds);
                if (counting == 0)
                {
                    precisions.Fill(-1);
                    scores.Fill(-1);
                    recalls.Fill(-1);
                }
                else
                {
                    _tallies[(area * Cuts) + cut].Write(counting, _hitsNeeded, ranked, precisions, scores, recalls);
                }
            }
        }
    }

    private void FindHitsNeeded(int counting)
    {
        var hits = 0;
        for (var r = 0; r < Recalls && counting > 0; r++)
        {
            while ((double)hits / counting < CocoRules.RecallThresholds[r])
            {
                hits++;
            }

            _hitsNeeded[r] = hits;
        }
    }
}
