namespace Cawb.Detection.Evaluation;

/// <summary>The figures of one class by YOLOv5's own rule.</summary>
/// <param name="ClassIndex">0-based.</param>
/// <param name="Labels">Labels of the class in all images.</param>
/// <param name="Precision">Right detections among those at <see cref="YoloEvaluation.Confidence"/> or above, 0 to 1; -1 without labels.</param>
/// <param name="Recall">Labels found by those, 0 to 1; -1 without labels.</param>
/// <param name="AveragePrecisions">For each of the ten overlaps of <see cref="Coco.CocoEvaluation.IouThresholds"/>, 0 to 1; all -1 without labels.</param>
public sealed record YoloClassEvaluation(int ClassIndex, int Labels, double Precision, double Recall, IReadOnlyList<double> AveragePrecisions)
{
    /// <summary>Precision and recall at every confidence, at IoU 0.50.</summary>
    public required YoloCurves Curves { get; init; }

    /// <summary>AP at IoU 0.50; -1 without labels.</summary>
    public double AveragePrecision50 => AveragePrecisions[0];

    /// <summary>The mean over the ten overlaps; -1 without labels.</summary>
    public double AveragePrecision => AveragePrecisions.Average();
}
