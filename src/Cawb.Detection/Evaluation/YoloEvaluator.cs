using Cawb.Coco;
using Cawb.Detection.Data.Augmentation;

namespace Cawb.Detection.Evaluation;

/// <summary>Gathers detections picture by picture and evaluates them by YOLOv5's own rule.</summary>
/// <remarks>
/// Detections of all pictures are ordered by falling score within their class (equal scores in the order of adding). Precision and recall over the confidence are read at 1,000
/// scores from 0 to 1 with straight lines between the detections. Source: YOLOv5 7.0.
/// </remarks>
internal sealed class YoloEvaluator
{
    private const int Confidences = 1000;
    private const double SmoothedShare = 0.1;

    private readonly int[] labelCounts;
    private readonly List<(double Score, ushort Matched)>[] found;

    public YoloEvaluator(int classCount)
    {
        labelCounts = new int[classCount];
        found = [.. Enumerable.Range(0, classCount).Select(_ => new List<(double, ushort)>())];
    }

    /// <summary>Takes one picture.</summary>
    /// <param name="labels">Of the picture, crowds left out.</param>
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
        var curves = Enumerable.Range(0, labelCounts.Length).Select(Curves).ToArray();
        var counting = curves.Where((_, index) => labelCounts[index] > 0).ToArray();
        var meanF1 = new double[Confidences];
        foreach (var curve in counting)
        {
            for (var i = 0; i < Confidences; i++)
            {
                meanF1[i] += curve.Precision[i] + curve.Recall[i] is > 0 and var sum ? 2 * curve.Precision[i] * curve.Recall[i] / sum / counting.Length : 0;
            }
        }

        var smooth = SampledCurve.Smooth(meanF1, SmoothedShare);
        var best = Array.IndexOf(smooth, smooth.Max());
        return new YoloEvaluation(
            Confidence(best),
            [.. curves.Select((curve, index) => labelCounts[index] == 0
                ? new YoloClassEvaluation(index, 0, -1, -1, curve.AveragePrecisions)
                : new YoloClassEvaluation(index, labelCounts[index], curve.Precision[best], curve.Recall[best], curve.AveragePrecisions))]);
    }

    private static double Confidence(int index) => index / (Confidences - 1.0);

    /// <summary>Precision and recall at each confidence, AP at each overlap.</summary>
    private (double[] Precision, double[] Recall, double[] AveragePrecisions) Curves(int classIndex)
    {
        var averages = new double[CocoEvaluation.IouThresholds.Length];
        var (precisionAt, recallAt) = (new double[Confidences], new double[Confidences]);
        if (labelCounts[classIndex] == 0 || found[classIndex].Count == 0)
        {
            Array.Fill(averages, labelCounts[classIndex] == 0 ? -1 : 0);
            return (precisionAt, recallAt, averages);
        }

        (double Score, ushort Matched)[] ordered = [.. found[classIndex].OrderByDescending(one => one.Score)];
        for (var threshold = 0; threshold < averages.Length; threshold++)
        {
            var (recall, precision) = Running(ordered, threshold, labelCounts[classIndex]);
            averages[threshold] = SampledCurve.AveragePrecision(recall, precision);
            if (threshold == 0)
            {
                // Ascending for the search: the falling score with its sign turned.
                var falling = Array.ConvertAll(ordered, one => -one.Score);
                for (var i = 0; i < Confidences; i++)
                {
                    var isAboveAll = -Confidence(i) < falling[0];
                    precisionAt[i] = isAboveAll ? 1 : SampledCurve.At(-Confidence(i), falling, precision);
                    recallAt[i] = isAboveAll ? 0 : SampledCurve.At(-Confidence(i), falling, recall);
                }
            }
        }

        return (precisionAt, recallAt, averages);
    }

    private static (double[] Recall, double[] Precision) Running((double Score, ushort Matched)[] ordered, int threshold, int labels)
    {
        var (recall, precision) = (new double[ordered.Length], new double[ordered.Length]);
        var hits = 0;
        for (var i = 0; i < ordered.Length; i++)
        {
            hits += (ordered[i].Matched >> threshold) & 1;
            recall[i] = (double)hits / labels;
            precision[i] = hits / (i + 1.0);
        }

        return (recall, precision);
    }
}
