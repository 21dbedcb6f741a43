using Cawb.Coco;

namespace Cawb.Training.Loop;

/// <summary>One number for how good a detector is, by which a training may stop early.</summary>
public static class Fitness
{
    /// <summary><c>0.1 AP50 + 0.9 AP</c>. Source: YOLOv5 7.0, over COCO's AP instead of its own.</summary>
    public static double Of(CocoEvaluation evaluation) => (0.1 * evaluation.AveragePrecision50) + (0.9 * evaluation.AveragePrecision);
}
