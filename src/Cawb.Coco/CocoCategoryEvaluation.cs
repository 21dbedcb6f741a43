using Cawb.Coco.Evaluation;

namespace Cawb.Coco;

/// <summary>The numbers of one category, with up to 100 detections per image. Every figure lies in 0 to 1, or is -1 where there was nothing to find.</summary>
public sealed class CocoCategoryEvaluation
{
    private readonly CocoEvaluation evaluation;

    internal CocoCategoryEvaluation(CocoEvaluation evaluation, CocoCategory category, int classIndex)
    {
        this.evaluation = evaluation;
        Category = category;
        ClassIndex = classIndex;
        AveragePrecision = MeanPrecision(CocoArea.All);
        AveragePrecision50 = AveragePrecisionAt(0);
        AveragePrecision75 = AveragePrecisionAt(5);
        AveragePrecisionSmall = MeanPrecision(CocoArea.Small);
        AveragePrecisionMedium = MeanPrecision(CocoArea.Medium);
        AveragePrecisionLarge = MeanPrecision(CocoArea.Large);
        AverageRecall100 = HasTruth ? PairwiseMean.Of(evaluation.Recall(classIndex)) : -1;
    }

    /// <summary>Which one.</summary>
    public CocoCategory Category { get; }

    /// <summary>Its position by ascending id.</summary>
    public int ClassIndex { get; }

    /// <summary>AP@[.50:.95].</summary>
    public double AveragePrecision { get; }

    /// <summary>AP at IoU 0.50.</summary>
    public double AveragePrecision50 { get; }

    /// <summary>AP at IoU 0.75.</summary>
    public double AveragePrecision75 { get; }

    /// <summary>AP of things up to 1,024 square pixels.</summary>
    public double AveragePrecisionSmall { get; }

    /// <summary>AP of things from 1,024 to 9,216 square pixels.</summary>
    public double AveragePrecisionMedium { get; }

    /// <summary>AP of things from 9,216 square pixels.</summary>
    public double AveragePrecisionLarge { get; }

    /// <summary>The part of things found, mean over thresholds.</summary>
    public double AverageRecall100 { get; }

    /// <summary>Whether anything of this category counts; if not, every figure is -1.</summary>
    public bool HasTruth => evaluation.Recall(ClassIndex)[0] >= 0;

    /// <summary>The part of things found at each overlap of <see cref="CocoEvaluation.IouThresholds"/>, (10).</summary>
    public ReadOnlySpan<double> RecallPerIou => evaluation.Recall(ClassIndex);

    /// <summary>AP at one overlap.</summary>
    /// <param name="iouIndex">Into <see cref="CocoEvaluation.IouThresholds"/>.</param>
    /// <returns>0 to 1; -1 where nothing counts.</returns>
    public double AveragePrecisionAt(int iouIndex) => PairwiseMean.Of(evaluation.Precision(ClassIndex, iouIndex));

    /// <summary>The precision-recall curve at one overlap: precision at the recalls of <see cref="CocoEvaluation.RecallThresholds"/>.</summary>
    /// <param name="iouIndex">Into <see cref="CocoEvaluation.IouThresholds"/>.</param>
    /// <returns>(101) never rising; all -1 where nothing counts.</returns>
    public ReadOnlySpan<double> PrecisionRecallCurve(int iouIndex) => evaluation.Precision(ClassIndex, iouIndex);

    private double MeanPrecision(CocoArea area) => PairwiseMean.Of(evaluation.PrecisionAtAllThresholds(ClassIndex, area));
}
