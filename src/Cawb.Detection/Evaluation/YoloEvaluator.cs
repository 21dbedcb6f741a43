using System.Runtime.CompilerServices;
using Cawb.Coco;
using Cawb.Detection.Data.Augmentation;

namespace Cawb.Detection.Evaluation;

/// <summary>Gathers detections image by image and evaluates them by YOLOv5's own rule.</summary>
/// <remarks>
/// Detections of all images are ordered by falling score within their class (equal scores in the order of adding). Precision and recall over the confidence are read at 1,000
/// scores from 0 to 1 with straight lines between the detections. Source: YOLOv5 7.0.
/// </remarks>
internal sealed class YoloEvaluator
{
    private const double SmoothedShare = 0.1;

    private readonly int[] labelCounts;
    private readonly List<(double Score, ushort Matched)>[] found;

    public YoloEvaluator(int classCount)
    {
        labelCounts = new int[classCount];
        found = [.. Enumerable.Range(0, classCount).Select(_ => new List<(double, ushort)>())];
    }

    /// <summary>Takes one image.</summary>
    /// <param name="labels">Of the image, crowds left out.</param>
    /// <param name="boxes">Found on it, by falling score.</param>
    /// <param name="scores">Of the boxes.</param>
    public void Add(ReadOnlySpan<PixelLabel> labels, ReadOnlySpan<PixelLabel> boxes, ReadOnlySpan<double> scores)
    {
        foreach (var label in labels)
        {
            labelCounts[label.ClassIndex]++;
        }

        var matched = YoloMatching.Match(labels, boxes);
        for (var i = 0; i < boxes.Length; i++)
        {
            found[boxes[i].ClassIndex].Add((scores[i], matched[i]));
        }
    }

    /// <summary>The figures of everything so far.</summary>
    public YoloEvaluation Evaluate()
    {
        var classes = Enumerable.Range(0, labelCounts.Length).Select(Curves).ToArray();
        YoloCurves[] counting = [.. classes.Where((_, index) => labelCounts[index] > 0).Select(one => one.Curves)];
        var smooth = SampledCurve.Smooth(YoloCurves.Mean(counting, curves => curves.F1), SmoothedShare);
        var best = Array.IndexOf(smooth, smooth.Max());
        return new YoloEvaluation(
            YoloCurves.Positions[best],
            [.. classes.Select((one, index) => labelCounts[index] == 0
                ? new YoloClassEvaluation(index, 0, -1, -1, one.AveragePrecisions) { Curves = one.Curves }
                : new YoloClassEvaluation(index, labelCounts[index], one.Curves.Precision[best], one.Curves.Recall[best], one.AveragePrecisions) { Curves = one.Curves })]);
    }

    /// <summary>Precision and recall at each confidence, AP at each overlap.</summary>
    private (YoloCurves Curves, double[] AveragePrecisions) Curves(int classIndex)
    {
        var averages = new double[CocoEvaluation.IouThresholds.Length];
        var (precisionAt, recallAt, precisionOverRecall) = (new double[YoloCurves.Count], new double[YoloCurves.Count], new double[YoloCurves.Count]);
        if (labelCounts[classIndex] == 0 || found[classIndex].Count == 0)
        {
            Array.Fill(averages, labelCounts[classIndex] == 0 ? -1 : 0);
            return (new YoloCurves(precisionAt, recallAt, precisionOverRecall), averages);
        }

        (double Score, ushort Matched)[] ordered = [.. found[classIndex].OrderByDescending(one => one.Score)];
        var (recall, precision) = (new double[ordered.Length + 2], new double[ordered.Length + 2]);
        for (var threshold = 0; threshold < averages.Length; threshold++)
        {
            Run(ordered, threshold, labelCounts[classIndex], recall, precision);
            if (threshold == 0)
            {
                Sample(ordered, precision.AsSpan(1, ordered.Length), precisionAt, aboveAll: 1);
                Sample(ordered, recall.AsSpan(1, ordered.Length), recallAt, aboveAll: 0);
            }

            averages[threshold] = SampledCurve.AreaUnderEnvelope(recall, precision);
            if (threshold == 0)
            {
                // Precision is its envelope by now.
                for (var i = 0; i < precisionOverRecall.Length; i++)
                {
                    precisionOverRecall[i] = SampledCurve.At(YoloCurves.Positions[i], recall, precision);
                }
            }
        }

        return (new YoloCurves(precisionAt, recallAt, precisionOverRecall), averages);
    }

    /// <summary>Recall and precision after each detection, between the points (0, 1) and (1, 0).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run((double Score, ushort Matched)[] ordered, int threshold, int labels, double[] recall, double[] precision)
    {
        var hits = 0;
        (recall[0], precision[0], recall[^1], precision[^1]) = (0, 1, 1, 0);
        for (var i = 0; i < ordered.Length; i++)
        {
            hits += (ordered[i].Matched >> threshold) & 1;
            recall[i + 1] = (double)hits / labels;
            precision[i + 1] = hits / (i + 1.0);
        }
    }

    /// <summary>Reads a curve over the detections at each confidence.</summary>
    private static void Sample((double Score, ushort Matched)[] ordered, ReadOnlySpan<double> curve, double[] sampled, double aboveAll)
    {
        // Ascending for the search: the falling score with its sign turned.
        var falling = Array.ConvertAll(ordered, one => -one.Score);
        for (var i = 0; i < sampled.Length; i++)
        {
            var confidence = YoloCurves.Positions[i];
            sampled[i] = -confidence < falling[0] ? aboveAll : SampledCurve.At(-confidence, falling, curve);
        }
    }
}
