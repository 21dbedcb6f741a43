using System.Globalization;
using Cawb.Detection.Images;
using Cawb.Detection.Inference;

namespace Cawb.Detection.Pictures;

/// <summary>Draws boxes with class and score into an image. OpenCV writes ASCII alone: a class whose name has other letters is shown by its number.</summary>
/// <param name="names">Of the classes.</param>
public sealed class BoxPainter(IReadOnlyList<string> names)
{
    // Lines stay visible on large images: a pixel of thickness for so many pixels of the mean side.
    private const int PixelsOfThickness = 400;

    /// <summary>Pixels, 1 or more; null for one that suits the image's size.</summary>
    public int? LineWidth { get; init; }

    /// <summary>Whether the class is written at the box.</summary>
    public bool HasLabels { get; init; } = true;

    /// <summary>Whether the score is, behind the class; a score that is no number never is.</summary>
    public bool HasScores { get; init; } = true;

    /// <summary>Draws the first box last, on top.</summary>
    /// <param name="image">Changed in place.</param>
    /// <param name="boxes">Best first, in pixels.</param>
    /// <param name="scale">Pixels of the image for one of the boxes.</param>
    public void Paint(Image image, IReadOnlyList<DetectedBox> boxes, double scale = 1)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(boxes);
        var thickness = LineWidth ?? Math.Max(1, (image.Width + image.Height) / 2 / PixelsOfThickness);
        foreach (var box in boxes.Reverse())
        {
            // A box that ends where the image ends has its line in the last column, not behind it.
            var (right, bottom) = (Math.Min((int)(box.Right * scale), image.Width - 1), Math.Min((int)(box.Bottom * scale), image.Height - 1));
            BoxDrawing.Draw(image, (int)(box.Left * scale), (int)(box.Top * scale), right, bottom, BoxColours.Of(box.Class), Label(box), thickness);
        }
    }

    private string Label(DetectedBox box)
    {
        if (!HasLabels)
        {
            return "";
        }

        var name = BoxDrawing.CanWrite(names[box.Class]) ? names[box.Class] : box.Class.ToString(CultureInfo.InvariantCulture);
        return HasScores && !float.IsNaN(box.Score) ? string.Create(CultureInfo.InvariantCulture, $"{name} {box.Score:0.00}") : name;
    }
}
