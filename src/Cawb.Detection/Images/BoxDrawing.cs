using OpenCvSharp;

namespace Cawb.Detection.Images;

/// <summary>Rectangles with labels, drawn into a picture.</summary>
public static class BoxDrawing
{
    private const HersheyFonts Letters = HersheyFonts.HersheySimplex;

    /// <summary>Draws a rectangle and, when there is a text, a label on a filled field above it (inside when there is no room above).</summary>
    /// <param name="image">Changed in place.</param>
    /// <param name="left">Pixels; parts outside the picture are cut.</param>
    /// <param name="top">Pixels.</param>
    /// <param name="right">Pixels, the last column that is drawn.</param>
    /// <param name="bottom">Pixels, the last row that is drawn.</param>
    /// <param name="colour">Red, green, blue.</param>
    /// <param name="text">ASCII; empty for none.</param>
    /// <param name="thickness">Pixels, 1 or more.</param>
    public static unsafe void Draw(
        Image image, int left, int top, int right, int bottom, (byte Red, byte Green, byte Blue) colour, string text = "", int thickness = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(thickness, 1);
        fixed (byte* pixels = image.Buffer)
        {
            try
            {
                using var picture = OpenCv.View(pixels, image.Width, image.Height);
                var ink = new Scalar(colour.Blue, colour.Green, colour.Red);
                Cv2.Rectangle(picture, new Point(left, top), new Point(right, bottom), ink, thickness, LineTypes.Link8);
                if (text.Length > 0)
                {
                    Label(picture, left, top, text, ink, 0.3 + (0.1 * thickness));
                }
            }
            catch (OpenCVException e)
            {
                throw OpenCv.Fault(e);
            }
        }
    }

    private static void Label(Mat picture, int left, int top, string text, Scalar field, double scale)
    {
        var size = Cv2.GetTextSize(text, Letters, scale, 1, out var baseline);
        var height = size.Height + baseline + 2;
        var fieldTop = top >= height ? top - height : top;
        Cv2.Rectangle(picture, new Rect(left, fieldTop, size.Width + 2, height), field, Cv2.FILLED);
        var isBright = (0.114 * field.Val0) + (0.587 * field.Val1) + (0.299 * field.Val2) > 140;
        Cv2.PutText(picture, text, new Point(left + 1, fieldTop + size.Height + 1), Letters, scale, isBright ? Scalar.Black : Scalar.White, 1, LineTypes.AntiAlias);
    }
}
