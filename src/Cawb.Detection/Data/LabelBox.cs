namespace Cawb.Detection.Data;

/// <summary>A labelled box, normalised: centre and size as fractions of the image's width and height.</summary>
/// <param name="ClassIndex">From 0, into the class names.</param>
/// <param name="CenterX">0 to 1.</param>
/// <param name="CenterY">0 to 1.</param>
/// <param name="Width">Above 0, at most 1.</param>
/// <param name="Height">Above 0, at most 1.</param>
/// <remarks>The default value is an empty box in the corner, which no reader gives.</remarks>
public readonly record struct LabelBox(int ClassIndex, double CenterX, double CenterY, double Width, double Height)
{
    /// <summary>From corners in pixels of an image.</summary>
    internal static LabelBox FromCorners(int classIndex, double left, double top, double right, double bottom, double imageWidth, double imageHeight) => new(
        classIndex, (left + right) / 2 / imageWidth, (top + bottom) / 2 / imageHeight, (right - left) / imageWidth, (bottom - top) / imageHeight);
}
