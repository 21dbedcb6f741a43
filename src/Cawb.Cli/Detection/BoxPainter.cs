using System.Globalization;
using System.Text;
using Cawb.Detection.Images;
using Cawb.Detection.Inference;

namespace Cawb.Cli.Detection;

/// <summary>Draws found boxes with class and score into a picture.</summary>
internal static class BoxPainter
{
    // Lines stay visible on large pictures: a pixel of thickness for so many pixels of the mean side.
    private const int PixelsOfThickness = 400;

    private static readonly (byte Red, byte Green, byte Blue)[] Colours =
    [
        (31, 119, 180), (255, 127, 14), (44, 160, 44), (214, 39, 40), (148, 103, 189), (140, 86, 75), (227, 119, 194), (188, 189, 34), (23, 190, 207), (255, 215, 0),
    ];

    /// <summary>Draws the best box last, on top.</summary>
    public static void Paint(Image image, IReadOnlyList<DetectedBox> boxes, IReadOnlyList<string> names)
    {
        var thickness = Math.Max(1, (image.Width + image.Height) / 2 / PixelsOfThickness);
        foreach (var box in boxes.Reverse())
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"{Ascii(names[box.Class])} {box.Score:0.00}");
            BoxDrawing.Draw(image, (int)box.Left, (int)box.Top, (int)box.Right, (int)box.Bottom, Colours[box.Class % Colours.Length], text, thickness);
        }
    }

    // OpenCV's letters are ASCII.
    private static string Ascii(string name) => Encoding.ASCII.GetString(Encoding.ASCII.GetBytes(name));
}
