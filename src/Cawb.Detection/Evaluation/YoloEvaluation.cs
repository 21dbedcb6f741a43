namespace Cawb.Detection.Evaluation;

/// <summary>Precision, recall and average precision by YOLOv5's own rule, as its training log shows them; they stand beside COCO's, which differ in the third digit.</summary>
/// <remarks>Means are over the classes that have labels; where none has, every figure is 0.</remarks>
public sealed record YoloEvaluation
{
    internal YoloEvaluation(double confidence, IReadOnlyList<YoloClassEvaluation> classes)
    {
        Confidence = confidence;
        Classes = classes;
        YoloClassEvaluation[] counting = [.. classes.Where(one => one.Labels > 0)];
        double Mean(Func<YoloClassEvaluation, double> figure) => counting.Length == 0 ? 0 : counting.Average(figure);
        Precision = Mean(one => one.Precision);
        Recall = Mean(one => one.Recall);
        AveragePrecision50 = Mean(one => one.AveragePrecision50);
        AveragePrecision = Mean(one => one.AveragePrecision);
    }

    /// <summary>The score, of 1,000 from 0 to 1, at which the mean F1 over the classes is highest, smoothed over a tenth of them; precision and recall hold there.</summary>
    public double Confidence { get; }

    /// <summary>Mean over the classes.</summary>
    public double Precision { get; }

    /// <summary>Mean over the classes.</summary>
    public double Recall { get; }

    /// <summary>mAP at IoU 0.50.</summary>
    public double AveragePrecision50 { get; }

    /// <summary>mAP at IoU 0.50 to 0.95.</summary>
    public double AveragePrecision { get; }

    /// <summary>What YOLOv5 calls the best epoch by: <c>0.1 mAP@.5 + 0.9 mAP@.5:.95</c>.</summary>
    public double Fitness => Evaluation.Fitness.Of(AveragePrecision50, AveragePrecision);

    /// <summary>By class index, classes without labels included.</summary>
    public IReadOnlyList<YoloClassEvaluation> Classes { get; }
}
