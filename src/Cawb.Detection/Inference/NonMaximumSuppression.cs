using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Cawb.Detection.Inference;

/// <summary>Keeps of overlapping boxes the one with the highest score.</summary>
/// <remarks>
/// Arithmetic is in single precision, boxes of class c are shifted by 7680 c pixels before overlaps are taken, and equal scores keep the order of the candidates (row by
/// row, class by class), all as in YOLOv5 7.0. Differs from it: there is no time limit after which images are silently dropped.
/// </remarks>
public static class NonMaximumSuppression
{
    internal const float ClassShift = 7680;

    /// <summary>The boxes of one image, best first.</summary>
    /// <param name="rows">Decoded rows one after another, each centre x, centre y, width, height, objectness, classes.</param>
    /// <param name="classCount">Classes in a row.</param>
    /// <param name="options">Thresholds and limits.</param>
    public static IReadOnlyList<DetectedBox> Select(ReadOnlySpan<float> rows, int classCount, SuppressionOptions options)
    {
        var candidates = new CandidateList(options.MaxCandidates);
        Gather(rows, classCount, options, candidates);
        var order = candidates.BestFirst();
        var boxes = new DetectedBox[order.Length];
        for (var i = 0; i < order.Length; i++)
        {
            boxes[i] = Box(rows, classCount, order[i]);
        }

        return Keep(boxes, options, classCount);
    }

    // A validation runs through these loops once: there is no second time at which a better compilation would pay.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Gather(ReadOnlySpan<float> rows, int classCount, SuppressionOptions options, CandidateList candidates)
    {
        var width = 5 + classCount;
        var threshold = (float)options.MinConfidence;
        var isMultiLabel = options.IsMultiLabel && classCount > 1;
        bool[] counts = [.. Enumerable.Range(0, classCount).Select(c => options.Classes.Count == 0 || options.Classes.Contains(c))];
        for (int at = 0, first = 0; at < rows.Length; at += width, first += classCount)
        {
            var objectness = rows[at + 4];
            if (!(objectness > threshold))
            {
                continue;
            }

            var classes = rows.Slice(at + 5, classCount);
            if (!isMultiLabel)
            {
                var best = 0;
                for (var c = 1; c < classes.Length; c++)
                {
                    best = objectness * classes[c] > objectness * classes[best] ? c : best;
                }

                candidates.AddAbove(threshold, counts[best] ? objectness * classes[best] : 0, first + best);
                continue;
            }

            for (var c = 0; c < classes.Length; c++)
            {
                candidates.AddAbove(threshold, counts[c] ? objectness * classes[c] : 0, first + c);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static DetectedBox Box(ReadOnlySpan<float> rows, int classCount, int candidate)
    {
        var (at, ofClass) = Math.DivRem(candidate, classCount);
        var row = rows.Slice(at * (5 + classCount), 5 + classCount);
        float halfWidth = row[2] / 2, halfHeight = row[3] / 2;
        return new DetectedBox(row[0] - halfWidth, row[1] - halfHeight, row[0] + halfWidth, row[1] + halfHeight, row[4] * row[5 + ofClass], ofClass);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static List<DetectedBox> Keep(DetectedBox[] boxes, SuppressionOptions options, int classCount)
    {
        var shift = options.IsClassAgnostic ? 0 : ClassShift;

        // Where the shift parts all classes, a box has to be compared with those of its own class alone.
        var isParted = !options.IsClassAgnostic && Extent(boxes) < ClassShift - 1;
        var kept = new List<DetectedBox>();
        var compared = new List<Shifted>?[isParted ? classCount : 1];
        foreach (var box in boxes)
        {
            var candidate = new Shifted(box, shift * box.Class);
            var rivals = compared[isParted ? box.Class : 0] ??= [];
            if (IsNew(candidate, CollectionsMarshal.AsSpan(rivals), options.MaxOverlap))
            {
                kept.Add(box);
                rivals.Add(candidate);
                if (kept.Count == options.MaxDetections)
                {
                    break;
                }
            }
        }

        return kept;
    }

    /// <summary>The longer side of the rectangle around all boxes; NaN or infinite where one of them is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Extent(DetectedBox[] boxes)
    {
        float left = float.MaxValue, top = float.MaxValue, right = float.MinValue, bottom = float.MinValue;
        foreach (var box in boxes)
        {
            (left, top) = (Math.Min(left, box.Left), Math.Min(top, box.Top));
            (right, bottom) = (Math.Max(right, box.Right), Math.Max(bottom, box.Bottom));
        }

        return Math.Max(right - left, bottom - top);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool IsNew(in Shifted candidate, ReadOnlySpan<Shifted> rivals, double maxOverlap)
    {
        foreach (ref readonly var rival in rivals)
        {
            var width = Math.Min(candidate.Right, rival.Right) - Math.Max(candidate.Left, rival.Left);
            var height = Math.Min(candidate.Bottom, rival.Bottom) - Math.Max(candidate.Top, rival.Top);
            if (!(width > 0 && height > 0))
            {
                // Nothing shared, or boxes without area, which give 0 / 0: neither lies above any threshold.
                continue;
            }

            var intersection = width * height;
            if (intersection / (candidate.Area + rival.Area - intersection) > maxOverlap)
            {
                return false;
            }
        }

        return true;
    }

    private readonly struct Shifted
    {
        public Shifted(DetectedBox box, float shift)
        {
            (Left, Top, Right, Bottom) = (box.Left + shift, box.Top + shift, box.Right + shift, box.Bottom + shift);
            Area = (Right - Left) * (Bottom - Top);
        }

        public float Left { get; }

        public float Top { get; }

        public float Right { get; }

        public float Bottom { get; }

        public float Area { get; }
    }
}
