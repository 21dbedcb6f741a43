namespace Cawb.Detection.Images;

/// <summary>How a resized pixel comes from its source pixels.</summary>
public enum PixelInterpolation
{
    /// <summary>OpenCV's INTER_LINEAR: the four neighbours of the point. Takes no average when shrinking.</summary>
    Bilinear = 0,

    /// <summary>OpenCV's INTER_AREA: the average of the covered area; for shrinking.</summary>
    Area = 1,
}
