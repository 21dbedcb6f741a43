namespace Cawb.Detection.Data.Augmentation;

/// <summary>A label under way: corners in pixels of the image it is in.</summary>
/// <remarks>The default value is an empty box of class 0.</remarks>
internal readonly record struct PixelLabel(int ClassIndex, double Left, double Top, double Right, double Bottom)
{
    internal double Width => Right - Left;

    internal double Height => Bottom - Top;

    /// <summary>A normalised box in an image of that size which lies at that offset.</summary>
    internal static PixelLabel From(LabelBox box, double width, double height, double offsetX, double offsetY) => new(
        box.ClassIndex,
        width * (box.CenterX - box.Width / 2) + offsetX,
        height * (box.CenterY - box.Height / 2) + offsetY,
        width * (box.CenterX + box.Width / 2) + offsetX,
        height * (box.CenterY + box.Height / 2) + offsetY);

    internal PixelLabel Clipped(double width, double height) =>
        new(ClassIndex, Math.Clamp(Left, 0, width), Math.Clamp(Top, 0, height), Math.Clamp(Right, 0, width), Math.Clamp(Bottom, 0, height));
}
