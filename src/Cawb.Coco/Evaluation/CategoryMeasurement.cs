using System.Runtime.CompilerServices;

namespace Cawb.Coco.Evaluation;

/// <summary>Matches and counts one category after the other; owns the memory for it. One for each thread.</summary>
internal sealed class CategoryMeasurement
{
    private static readonly int Areas = CocoRules.Areas.Length;
    private static readonly int Cuts = CocoRules.MaxDetections.Length;
    private static readonly int Thresholds = CocoRules.IouThresholds.Length;
    private static readonly int Recalls = CocoRules.RecallThresholds.Length;

    private readonly GroundTruthTable groundTruth;
    private readonly DetectionTable detections;
    private readonly MeasurementTable measured;

    // By image: how many detections were seen, and the first annotation and their number (both within the category).
    private readonly int[] seen;
    private readonly int[] firstTruth;
    private readonly int[] truthCount;

    private readonly FallingScores order = new();
    private readonly AreaTally[] tallies = new AreaTally[Areas];
    private readonly int[] hitsNeeded = new int[Recalls];

    // [annotation within the category][area]: bit t, taken at threshold t.
    private ushort[] takenFlags = [];
    private (double Iou, int Truth, int Mask)[] candidateBuffer = [];

    public CategoryMeasurement(GroundTruthTable truth, DetectionTable found, MeasurementTable results)
    {
        groundTruth = truth;
        detections = found;
        measured = results;
        seen = new int[truth.Images.Count];
        firstTruth = new int[truth.Images.Count];
        truthCount = new int[truth.Images.Count];
        for (var area = 0; area < Areas; area++)
        {
            tallies[area] = new AreaTally();
        }
    }

    public void Measure(int category)
    {
        var start = groundTruth.CategoryStarts[category];
        var end = groundTruth.CategoryStarts[category + 1];
        if (start == end)
        {
            WriteNothing(category);
            return;
        }

        EnterTruth(start, end);
        var foundStart = detections.CategoryStarts[category];
        var foundCount = detections.CategoryStarts[category + 1] - foundStart;
        var scores = detections.Score.AsSpan(foundStart, foundCount);
        var ranked = order.Sort(scores);
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
            var image = groundTruth.Image[row];
            if (truthCount[image]++ == 0)
            {
                firstTruth[image] = row - start;
            }

            for (var area = 0; area < Areas; area++)
            {
                counting[area] += (groundTruth.IgnoredIn[row] >> area & 1) ^ 1;
            }
        }

        for (var area = 0; area < Areas; area++)
        {
            tallies[area].Reset(counting[area]);
        }

        var count = end - start;
        if (candidateBuffer.Length < count)
        {
            candidateBuffer = new (double, int, int)[count];
            takenFlags = new ushort[count * Areas];
        }

        takenFlags.AsSpan(0, count * Areas).Clear();
    }

    private void LeaveTruth(int start, int end)
    {
        for (var row = start; row < end; row++)
        {
            truthCount[groundTruth.Image[row]] = 0;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CountAll(ReadOnlySpan<(ulong Key, int Position)> ranked, int foundStart, int truthStart)
    {
        var (fewest, some, most) = (CocoRules.MaxDetections[0], CocoRules.MaxDetections[1], CocoRules.MaxDetections[2]);
        for (var rank = 0; rank < ranked.Length; rank++)
        {
            var row = foundStart + ranked[rank].Position;
            var image = detections.Image[row];
            var before = seen[image]++;
            if (before < most)
            {
                Count(detections.Box[row], truthStart, image, before < fewest ? 0 : before < some ? 1 : 2, rank);
            }
        }

        for (var row = foundStart; row < foundStart + ranked.Length; row++)
        {
            seen[detections.Image[row]] = 0;
        }
    }

    /// <summary>Matches one detection at every threshold and in every area range, and counts it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Count(CocoBox box, int truthStart, int image, int firstCut, int rank)
    {
        var candidates = truthCount[image] == 0 ? 0 : FindCandidates(box, truthStart, image);
        var size = box.Area;
        for (var area = 0; area < Areas; area++)
        {
            var (lowest, highest) = CocoRules.Areas[area];
            var isOutside = size < lowest || size > highest;
            if (candidates == 0)
            {
                if (!isOutside)
                {
                    tallies[area].MissAtAll(firstCut);
                }

                continue;
            }

            Match(candidateBuffer.AsSpan(0, candidates), truthStart, area, out var hits, out var ignored);
            if (isOutside)
            {
                ignored |= ~hits;
            }

            var misses = ~hits & ~ignored & CocoRules.AllThresholds;
            hits &= ~ignored;
            if (misses == CocoRules.AllThresholds)
            {
                tallies[area].MissAtAll(firstCut);
            }
            else if ((hits | misses) != 0)
            {
                tallies[area].Add(hits, misses, firstCut, rank);
            }
        }
    }

    /// <summary>The image's annotations that overlap enough for the lowest threshold, best first, of equal ones the later first; returns their number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int FindCandidates(CocoBox box, int truthStart, int image)
    {
        var found = 0;
        var first = firstTruth[image];
        var end = first + truthCount[image];
        for (var truth = first; truth < end; truth++)
        {
            var iou = BoxOverlap.Iou(box, groundTruth.Box[truthStart + truth], groundTruth.IsCrowd[truthStart + truth]);
            if (iou >= CocoRules.IouThresholds[0])
            {
                var at = found++;
                for (; at > 0 && candidateBuffer[at - 1].Iou <= iou; at--)
                {
                    candidateBuffer[at] = candidateBuffer[at - 1];
                }

                candidateBuffer[at] = (iou, truth, ThresholdsUpTo(iou));
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
            if ((groundTruth.IgnoredIn[truthStart + truth] >> area & 1) != 0)
            {
                ignorable |= mask;
                continue;
            }

            ref var taken = ref takenFlags[(truth * Areas) + area];
            var here = open & mask & ~taken;
            taken |= (ushort)here;
            open &= ~here;
            hits |= groundTruth.CanCount[truthStart + truth] ? here : 0;
        }

        if ((open & ignorable) == 0)
        {
            return;
        }

        foreach (var (_, truth, mask) in candidates)
        {
            if ((groundTruth.IgnoredIn[truthStart + truth] >> area & 1) == 0)
            {
                continue;
            }

            ref var taken = ref takenFlags[(truth * Areas) + area];
            var here = open & mask & (groundTruth.IsCrowd[truthStart + truth] ? CocoRules.AllThresholds : ~taken);
            taken |= (ushort)here;
            open &= ~here;
            ignored |= here;
            hits |= groundTruth.CanCount[truthStart + truth] ? here : 0;
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
            if (tallies[area].Counting == 0)
            {
                WriteNothing(category, area);
                continue;
            }

            FindHitsNeeded(tallies[area].Counting);
            for (var cut = 0; cut < Cuts; cut++)
            {
                var cell = measured.Cell(area, cut, category);
                tallies[area].Write(
                    cut,
                    hitsNeeded,
                    ranked,
                    scores,
                    measured.Precisions.AsSpan(cell * Recalls, Thresholds * Recalls),
                    measured.Scores.AsSpan(cell * Recalls, Thresholds * Recalls),
                    measured.Recalls.AsSpan(cell, Thresholds));
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
            var cell = measured.Cell(area, cut, category);
            measured.Precisions.AsSpan(cell * Recalls, Thresholds * Recalls).Fill(-1);
            measured.Scores.AsSpan(cell * Recalls, Thresholds * Recalls).Fill(-1);
            measured.Recalls.AsSpan(cell, Thresholds).Fill(-1);
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

            hitsNeeded[r] = hits;
        }
    }
}
