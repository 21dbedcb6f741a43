using OpenCvSharp;

namespace Cawb.Detection.Images;

/// <summary>Rectangles with labels, drawn into a picture.</summary>
public static class BoxDrawing
{
    private const double LetterScale = 0.3;
    private const double LetterScaleOfThickness = 0.1;
    private const double BrightFrom = 140;

    /// <summary>Draws a rectangle and, when there is a text, a label on a filled field above it (inside when there is no room above).</summary>
    /// <param name="image">Changed in place.</param>
    /// <param name="left">Pixels; parts outside the picture are cut.</param>
    /// <param name="top">Pixels.</param>
    /// <param name="right">Pixels, the last column that is drawn.</param>
    /// <param name="bottom">Pixels, the last row that is drawn.</param>
    /// <param name="colour">Red, green, blue.</param>
    /// <param name="text">ASCII; empty for none.</param>
    /// <param name="thickness">Pixels, 1 to 32,767, OpenCV's limit.</param>
    public static unsafe void Draw(
        Image image, int left, int top, int right, int bottom, (byte Red, byte Green, byte Blue) colour, string text = "", int thickness = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(thickness, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(thickness, short.MaxValue);
        fixed (byte* pixels = image.Buffer)
        {
            try
            {
                using var picture = OpenCv.View(pixels, image.Width, image.Height);
                var paint = new Scalar(colour.Blue, colour.Green, colour.Red);
                Cv2.Rectangle(picture, new Point(left, top), new Point(right, bottom), paint, thickness);
                if (text.Length > 0)
                {
                    Label(picture, left, top, text, paint, LetterScale + LetterScaleOfThickness * thickness);
                }
            }
            catch (OpenCVException e)
            {
                throw OpenCv.Fault(e);
            }
        }
    }

    /// <summary>Whether OpenCV has all letters of a text: it writes ASCII alone.</summary>
    /// <param name="text">Any.</param>
    public static bool CanWrite(string text) => text.All(letter => letter is >= ' ' and <= '~');

    /// <summary>Writes small dark letters.</summary>
    /// <param name="image">Changed in place.</param>
    /// <param name="left">Pixels.</param>
    /// <param name="baseline">Pixels.</param>
    /// <param name="text">See <see cref="CanWrite"/>.</param>
    public static unsafe void Write(Image image, int left, int baseline, string text)
    {
        fixed (byte* pixels = image.Buffer)
        {
            try
            {
                using var picture = OpenCv.View(pixels, image.Width, image.Height);
                Cv2.PutText(picture, text, new Point(left, baseline), HersheyFonts.HersheySimplex, LetterScale + LetterScaleOfThickness, Scalar.All(64), thickness: 1, LineTypes.AntiAlias);
            }
            catch (OpenCVException e)
            {
                throw OpenCv.Fault(e);
            }
        }
    }

    private static void Label(Mat picture, int left, int top, string text, Scalar paint, double scale)
    {
        var letters = Cv2.GetTextSize(text, HersheyFonts.HersheySimplex, scale, thickness: 1, out var baseline);
        var height = letters.Height + baseline + 2;
        var fieldTop = top >= height ? top - height : top;
        Cv2.Rectangle(picture, new Rect(left, fieldTop, letters.Width + 2, height), paint, Cv2.FILLED);

        // Black on bright colours, white on dark ones; how bright one is: ITU-R BT.601.
        var isBright = 0.114 * paint.Val0 + 0.587 * paint.Val1 + 0.299 * paint.Val2 > BrightFrom;
        var place = new Point(left + 1, fieldTop + letters.Height + 1);
        Cv2.PutText(picture, text, place, HersheyFonts.HersheySimplex, scale, isBright ? Scalar.Black : Scalar.White, thickness: 1, LineTypes.AntiAlias);
    }
}
