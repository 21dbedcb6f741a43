namespace Cawb.Detection.Evaluation;

/// <summary>One number for how good a detector is, by which the best epoch is told and a training may stop early.</summary>
public static class Fitness
{
    /// <summary><c>0.1 AP50 + 0.9 AP</c>. Source: YOLOv5 7.0, which has its own AP there; a training takes COCO's.</summary>
    /// <param name="averagePrecision50">0 to 1.</param>
    /// <param name="averagePrecision">0 to 1.</param>
    public static double Of(double averagePrecision50, double averagePrecision) => (0.1 * averagePrecision50) + (0.9 * averagePrecision);
}
