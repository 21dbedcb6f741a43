namespace Cawb.Detection.Data.Loading;

/// <summary>Where an image lies in its padded form, and the way back to its own pixels.</summary>
/// <remarks>
/// original = (padded - offset) / scale on each axis, clipped to the image. The offset is the whole number of grey columns (rows) that are really there and the scales are those of
/// the real sizes; YOLOv5 takes half the padding, which is half a pixel off when the padding is odd, and one scale for both axes.
/// The default value maps nothing.
/// </remarks>
/// <param name="OriginalWidth">Pixels of the file.</param>
/// <param name="OriginalHeight">Pixels of the file.</param>
/// <param name="ScaleX">Padded pixels for each original one.</param>
/// <param name="ScaleY">Padded pixels for each original one.</param>
/// <param name="Left">Grey columns before the image.</param>
/// <param name="Top">Grey rows above it.</param>
public readonly record struct LetterboxMapping(int OriginalWidth, int OriginalHeight, double ScaleX, double ScaleY, int Left, int Top)
{
    /// <summary>Corners in pixels of the padded image to corners in pixels of the original.</summary>
    /// <param name="left">Padded pixels.</param>
    /// <param name="top">Padded pixels.</param>
    /// <param name="right">Padded pixels.</param>
    /// <param name="bottom">Padded pixels.</param>
    public (double Left, double Top, double Right, double Bottom) ToOriginal(double left, double top, double right, double bottom) => (
        Math.Clamp((left - Left) / ScaleX, 0, OriginalWidth), Math.Clamp((top - Top) / ScaleY, 0, OriginalHeight),
        Math.Clamp((right - Left) / ScaleX, 0, OriginalWidth), Math.Clamp((bottom - Top) / ScaleY, 0, OriginalHeight));
}
