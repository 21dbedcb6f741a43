namespace Cawb.Coco.Tests;

/// <summary>
/// The rules of <c>reference/coco/SEMANTICS.md</c> written down one after the other, without any thought of speed: what the evaluator is compared with
/// on drawn data, array element by array element.
/// </summary>
internal sealed class PlainEvaluation
{
    private static readonly (double Lowest, double Highest)[] Areas = [(0, 1e10), (0, 1024), (1024, 9216), (9216, 1e10)];
    private static readonly int[] Cuts = [1, 10, 100];

    private readonly long[] _images;
    private readonly ILookup<(long Image, long Category), CocoAnnotation> _truth;
    private readonly ILookup<(long Image, long Category), CocoDetection> _found;

    public PlainEvaluation(CocoDataset truth, CocoDetections found)
    {
        _images = [.. truth.Images.Select(image => image.Id).Distinct().Order()];
        _truth = truth.Annotations.ToLookup(annotation => (annotation.ImageId, annotation.CategoryId));
        _found = Enumerable.Range(0, found.Count).Select(i => found[i]).ToLookup(detection => (detection.ImageId, detection.CategoryId));
    }

    /// <summary>Precision and score at the 101 recalls, and the recall; all -1 where nothing counts.</summary>
    public (double[] Precision, double[] Scores, double Recall) Measure(long category, double threshold, int area, int cut)
    {
        var outcomes = new List<Outcome>();
        var counting = 0;
        foreach (var image in _images)
        {
            counting += MatchPicture(image, category, threshold, Areas[area], Cuts[cut], outcomes);
        }

        var precision = new double[101];
        var scores = new double[101];
        if (counting == 0)
        {
            Array.Fill(precision, -1);
            Array.Fill(scores, -1);
            return (precision, scores, -1);
        }

        var sorted = outcomes.OrderByDescending(outcome => outcome.Score).ToList();
        var recalls = new double[sorted.Count];
        var precisions = new double[sorted.Count];
        double hits = 0, misses = 0;
        for (var i = 0; i < sorted.Count; i++)
        {
            hits += sorted[i] is { IsMatched: true, IsIgnored: false } ? 1 : 0;
            misses += sorted[i] is { IsMatched: false, IsIgnored: false } ? 1 : 0;
            recalls[i] = hits / counting;
            precisions[i] = hits / (misses + hits + Math.Pow(2, -52));
        }

        for (var i = sorted.Count - 1; i > 0; i--)
        {
            precisions[i - 1] = Math.Max(precisions[i - 1], precisions[i]);
        }

        for (var r = 0; r < 101; r++)
        {
            var at = Array.FindIndex(recalls, recall => recall >= r * 0.01);
            precision[r] = at < 0 ? 0 : precisions[at];
            scores[r] = at < 0 ? 0 : sorted[at].Score;
        }

        return (precision, scores, sorted.Count == 0 ? 0 : recalls[^1]);
    }

    /// <summary>Adds the outcome of each detection; returns how many annotations count.</summary>
    private int MatchPicture(long image, long category, double threshold, (double Lowest, double Highest) area, int cut, List<Outcome> outcomes)
    {
        var truth = _truth[(image, category)]
            .Select(annotation => (Annotation: annotation, IsIgnored: annotation.IsCrowd || annotation.Area < area.Lowest || annotation.Area > area.Highest))
            .OrderBy(entry => entry.IsIgnored)
            .ToArray();
        var found = _found[(image, category)]
            .OrderByDescending(detection => detection.Score)
            .Take(100)
            .ToArray();
        var isTaken = new bool[truth.Length];
        for (var d = 0; d < found.Length; d++)
        {
            var best = Math.Min(threshold, 1 - 1e-10);
            var match = -1;
            for (var g = 0; g < truth.Length; g++)
            {
                if (isTaken[g] && !truth[g].Annotation.IsCrowd)
                {
                    continue;
                }

                if (match >= 0 && !truth[match].IsIgnored && truth[g].IsIgnored)
                {
                    break;
                }

                var iou = Iou(found[d].Box, truth[g].Annotation);
                if (iou >= best)
                {
                    best = iou;
                    match = g;
                }
            }

            var isMatched = false;
            var isIgnored = false;
            if (match >= 0)
            {
                isTaken[match] = true;
                isMatched = truth[match].Annotation.Id != 0;
                isIgnored = truth[match].IsIgnored;
            }

            var size = found[d].Box.Width * found[d].Box.Height;
            isIgnored |= !isMatched && (size < area.Lowest || size > area.Highest);
            if (d < cut)
            {
                outcomes.Add(new Outcome(found[d].Score, isMatched, isIgnored));
            }
        }

        return truth.Count(entry => !entry.IsIgnored);
    }

    private static double Iou(CocoBox d, CocoAnnotation annotation)
    {
        var g = annotation.Box;
        var width = Math.Min(d.X + d.Width, g.X + g.Width) - Math.Max(d.X, g.X);
        var height = Math.Min(d.Y + d.Height, g.Y + g.Height) - Math.Max(d.Y, g.Y);
        if (width <= 0 || height <= 0)
        {
            return 0;
        }

        var shared = width * height;
        return shared / (annotation.IsCrowd ? d.Width * d.Height : (d.Width * d.Height) + (g.Width * g.Height) - shared);
    }

    private readonly record struct Outcome(double Score, bool IsMatched, bool IsIgnored);
}
