namespace Cawb.Detection.Data.Augmentation;

/// <summary>How an image is fitted into a rectangle without distortion: its inner size and the padding around it.</summary>
/// <remarks>
/// r = min(H / h, W / w), at most 1 where enlarging is off; inner size round(w r) x round(h r); of the padding p on an axis, round(p/2 - 0.1) lies left (top) and
/// round(p/2 + 0.1) right (bottom); halves round to even. The default value is empty and fits nothing.
/// </remarks>
public readonly record struct Letterbox
{
    private Letterbox(double ratio, int innerWidth, int innerHeight, double paddingX, double paddingY)
    {
        Ratio = ratio;
        InnerWidth = innerWidth;
        InnerHeight = innerHeight;
        PaddingX = paddingX / 2;
        PaddingY = paddingY / 2;
        Left = RoundHalfEven(PaddingX - 0.1);
        Right = RoundHalfEven(PaddingX + 0.1);
        Top = RoundHalfEven(PaddingY - 0.1);
        Bottom = RoundHalfEven(PaddingY + 0.1);
    }

    /// <summary>Inner size divided by the image's, before rounding to pixels.</summary>
    public double Ratio { get; }

    /// <summary>Pixels.</summary>
    public int InnerWidth { get; }

    /// <summary>Pixels.</summary>
    public int InnerHeight { get; }

    /// <summary>Half of the horizontal padding, with the half pixel that <see cref="Left"/> and <see cref="Right"/> share out.</summary>
    public double PaddingX { get; }

    /// <summary>Half of the vertical padding.</summary>
    public double PaddingY { get; }

    /// <summary>Grey columns before the image.</summary>
    public int Left { get; }

    /// <summary>Grey columns after it.</summary>
    public int Right { get; }

    /// <summary>Grey rows above it.</summary>
    public int Top { get; }

    /// <summary>Grey rows below it.</summary>
    public int Bottom { get; }

    /// <summary>Fits an image into a rectangle of exactly that size.</summary>
    /// <param name="width">Of the image, pixels.</param>
    /// <param name="height">Of the image, pixels.</param>
    /// <param name="newWidth">Of the rectangle, pixels.</param>
    /// <param name="newHeight">Of the rectangle, pixels.</param>
    /// <param name="enlarge">Whether a small image is enlarged.</param>
    public static Letterbox Fit(int width, int height, int newWidth, int newHeight, bool enlarge)
    {
        var (ratio, innerWidth, innerHeight) = Inner(width, height, newWidth, newHeight, enlarge);
        return new Letterbox(ratio, innerWidth, innerHeight, newWidth - innerWidth, newHeight - innerHeight);
    }

    /// <summary>Fits an image into the smallest rectangle inside the given one whose padding is less than a stride ("auto").</summary>
    /// <param name="width">Of the image, pixels.</param>
    /// <param name="height">Of the image, pixels.</param>
    /// <param name="maxWidth">Of the rectangle, pixels.</param>
    /// <param name="maxHeight">Of the rectangle, pixels.</param>
    /// <param name="enlarge">Whether a small image is enlarged.</param>
    /// <param name="stride">Pixels, 32 for YOLOv5.</param>
    public static Letterbox FitMinimal(int width, int height, int maxWidth, int maxHeight, bool enlarge, int stride)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
        var (ratio, innerWidth, innerHeight) = Inner(width, height, maxWidth, maxHeight, enlarge);
        return new Letterbox(ratio, innerWidth, innerHeight, (maxWidth - innerWidth) % stride, (maxHeight - innerHeight) % stride);
    }

    private static (double Ratio, int Width, int Height) Inner(int width, int height, int newWidth, int newHeight, bool enlarge)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(newWidth, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(newHeight, 1);
        var ratio = Math.Min((double)newHeight / height, (double)newWidth / width);
        if (!enlarge)
        {
            ratio = Math.Min(ratio, 1);
        }

        // An image that is a hundred times as wide as high would otherwise lose its last row.
        return (ratio, Math.Max(1, RoundHalfEven(width * ratio)), Math.Max(1, RoundHalfEven(height * ratio)));
    }

    private static int RoundHalfEven(double value) => (int)Math.Round(value, MidpointRounding.ToEven);
}
