namespace Cawb.Detection.Inference;

/// <summary>Keeps of overlapping boxes the one with the highest score.</summary>
/// <remarks>
/// Arithmetic is in single precision, boxes of class c are shifted by 7680 c pixels before overlaps are taken, and equal scores keep the order of the candidates (row by
/// row, class by class), all as in YOLOv5 7.0. Differs from it: there is no time limit after which pictures are silently dropped.
/// </remarks>
public static class NonMaximumSuppression
{
    private const float ClassShift = 7680;

    /// <summary>The boxes of one picture, best first.</summary>
    /// <param name="rows">Decoded rows one after another, each centre x, centre y, width, height, objectness, classes.</param>
    /// <param name="classCount">Classes in a row.</param>
    /// <param name="options">Thresholds and limits.</param>
    public static IReadOnlyList<DetectedBox> Select(ReadOnlySpan<float> rows, int classCount, SuppressionOptions options)
    {
        var candidates = Candidates(rows, classCount, options);
        var order = Enumerable.Range(0, candidates.Count).OrderByDescending(i => candidates[i].Score).Take(options.MaxCandidates);
        var shift = options.IsClassAgnostic ? 0 : ClassShift;
        var kept = new List<DetectedBox>();
        var shifted = new List<Shifted>();
        foreach (var i in order)
        {
            var candidate = new Shifted(candidates[i], shift * candidates[i].Class);
            if (IsNew(candidate, shifted, options.MaxOverlap))
            {
                kept.Add(candidates[i]);
                shifted.Add(candidate);
                if (kept.Count == options.MaxDetections)
                {
                    break;
                }
            }
        }

        return kept;
    }

    private static List<DetectedBox> Candidates(ReadOnlySpan<float> rows, int classCount, SuppressionOptions options)
    {
        var width = 5 + classCount;
        var threshold = (float)options.MinConfidence;
        var candidates = new List<DetectedBox>();
        for (var at = 0; at < rows.Length; at += width)
        {
            var row = rows.Slice(at, width);
            if (!(row[4] > threshold))
            {
                continue;
            }

            float halfWidth = row[2] / 2, halfHeight = row[3] / 2;
            var box = new DetectedBox(row[0] - halfWidth, row[1] - halfHeight, row[0] + halfWidth, row[1] + halfHeight, 0, 0);
            var classes = row[5..];
            if (options.IsMultiLabel && classCount > 1)
            {
                for (var c = 0; c < classCount; c++)
                {
                    AddIfConfident(box with { Score = row[4] * classes[c], Class = c });
                }
            }
            else
            {
                var best = 0;
                for (var c = 1; c < classCount; c++)
                {
                    best = row[4] * classes[c] > row[4] * classes[best] ? c : best;
                }

                AddIfConfident(box with { Score = row[4] * classes[best], Class = best });
            }
        }

        return candidates;

        void AddIfConfident(DetectedBox box)
        {
            if (box.Score > threshold)
            {
                candidates.Add(box);
            }
        }
    }

    private static bool IsNew(Shifted candidate, List<Shifted> kept, double maxOverlap)
    {
        foreach (var other in kept)
        {
            // Two boxes without area give 0 / 0, which is not above any threshold: both stay.
            if (candidate.Overlap(other) > maxOverlap)
            {
                return false;
            }
        }

        return true;
    }

    private readonly struct Shifted(DetectedBox box, float shift)
    {
        private readonly float left = box.Left + shift;
        private readonly float top = box.Top + shift;
        private readonly float right = box.Right + shift;
        private readonly float bottom = box.Bottom + shift;

        private float Area => (right - left) * (bottom - top);

        public float Overlap(in Shifted other)
        {
            var width = Math.Max(0, Math.Min(right, other.right) - Math.Max(left, other.left));
            var height = Math.Max(0, Math.Min(bottom, other.bottom) - Math.Max(top, other.top));
            var intersection = width * height;
            return intersection / (Area + other.Area - intersection);
        }
    }
}
