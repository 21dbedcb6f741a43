using System.Globalization;
using System.Text;
using Cawb.Detection.Images;
using Cawb.Detection.Inference;
using Cawb.Detection.Pictures;

namespace Cawb.Cli.Detection;

/// <summary>Draws found boxes with class and score into a picture.</summary>
internal static class BoxPainter
{
    // Lines stay visible on large pictures: a pixel of thickness for so many pixels of the mean side.
    private const int PixelsOfThickness = 400;

    /// <summary>Draws the best box last, on top.</summary>
    public static void Paint(Image image, IReadOnlyList<DetectedBox> boxes, IReadOnlyList<string> names)
    {
        var thickness = Math.Max(1, (image.Width + image.Height) / 2 / PixelsOfThickness);
        foreach (var box in boxes.Reverse())
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"{Ascii(names[box.Class])} {box.Score:0.00}");
            BoxDrawing.Draw(image, (int)box.Left, (int)box.Top, (int)box.Right, (int)box.Bottom, BoxColours.Of(box.Class), text, thickness);
        }
    }

    // OpenCV's letters are ASCII.
    private static string Ascii(string name) => Encoding.ASCII.GetString(Encoding.ASCII.GetBytes(name));
}
