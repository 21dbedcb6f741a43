using System.Globalization;
using System.Text;
using Cawb.Detection.Images;
using Cawb.Detection.Inference;
using Cawb.Detection.Pictures;

namespace Cawb.Cli.Detection;

/// <summary>Draws found boxes with class and score into a picture.</summary>
/// <param name="Names">Of the classes.</param>
/// <param name="LineWidth">Pixels; null for one that suits the picture's size.</param>
/// <param name="HasLabels">Whether the class is written at the box.</param>
/// <param name="HasScores">Whether the score is, behind the class.</param>
internal sealed record BoxPainter(IReadOnlyList<string> Names, int? LineWidth, bool HasLabels, bool HasScores)
{
    // Lines stay visible on large pictures: a pixel of thickness for so many pixels of the mean side.
    private const int PixelsOfThickness = 400;

    /// <summary>Draws the best box last, on top.</summary>
    public void Paint(Image image, IReadOnlyList<DetectedBox> boxes)
    {
        var thickness = LineWidth ?? Math.Max(1, (image.Width + image.Height) / 2 / PixelsOfThickness);
        foreach (var box in boxes.Reverse())
        {
            // A box that ends where the picture ends has its line in the last column, not behind it.
            var (right, bottom) = (Math.Min((int)box.Right, image.Width - 1), Math.Min((int)box.Bottom, image.Height - 1));
            BoxDrawing.Draw(image, (int)box.Left, (int)box.Top, right, bottom, BoxColours.Of(box.Class), Label(box), thickness);
        }
    }

    private string Label(DetectedBox box) => (HasLabels, HasScores) switch
    {
        (false, _) => "",
        (true, false) => Ascii(Names[box.Class]),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Ascii(Names[box.Class])} {box.Score:0.00}"),
    };

    // OpenCV's letters are ASCII.
    private static string Ascii(string name) => Encoding.ASCII.GetString(Encoding.ASCII.GetBytes(name));
}
