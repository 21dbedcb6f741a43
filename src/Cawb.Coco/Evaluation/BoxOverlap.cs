namespace Cawb.Coco.Evaluation;

/// <summary>How much two boxes overlap.</summary>
internal static class BoxOverlap
{
    /// <summary>Shared area / area covered by either; for a crowd, shared area / area of the found box. 0 where they do not touch.</summary>
    /// <remarks>In doubles and in this order, without fused operations: thresholds are compared to the last bit.</remarks>
    public static double Iou(CocoBox found, CocoBox truth, bool isCrowd)
    {
        var width = Math.Min(found.X + found.Width, truth.X + truth.Width) - Math.Max(found.X, truth.X);
        if (width <= 0)
        {
            return 0;
        }

        var height = Math.Min(found.Y + found.Height, truth.Y + truth.Height) - Math.Max(found.Y, truth.Y);
        if (height <= 0)
        {
            return 0;
        }

        var shared = width * height;
        return shared / (isCrowd ? found.Area : found.Area + truth.Area - shared);
    }
}
