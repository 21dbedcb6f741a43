using OpenCvSharp;

namespace Cawb.Detection.Images;

/// <summary>Rectangles with labels, drawn into an image.</summary>
public static class BoxDrawing
{
    private const double LetterScale = 0.3;
    private const double LetterScaleOfThickness = 0.1;
    private const double SmallestLetterScale = 0.25;
    private const double BrightFrom = 140;

    // Pixels beside the letters, of which the smoothed ones take a part.
    private const int Margin = 2;

    /// <summary>Draws a rectangle and, when there is a text, a label on a filled field above it (inside when there is no room above).</summary>
    /// <param name="image">Changed in place.</param>
    /// <param name="left">Pixels; parts outside the image are cut.</param>
    /// <param name="top">Pixels.</param>
    /// <param name="right">Pixels, the last column that is drawn.</param>
    /// <param name="bottom">Pixels, the last row that is drawn.</param>
    /// <param name="colour">Red, green, blue.</param>
    /// <param name="text">
    /// ASCII; empty for none. The label lies inside the image: it is moved there, and where the image is too small for it, its letters become smaller and its last words are left out, then letters.
    /// </param>
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
                using var view = OpenCv.View(pixels, image.Width, image.Height);
                var paint = new Scalar(colour.Blue, colour.Green, colour.Red);
                Cv2.Rectangle(view, new Point(left, top), new Point(right, bottom), paint, thickness);
                if (text.Length > 0)
                {
                    Write(view, left, top, Lettering.Fitting(text, LetterScale + LetterScaleOfThickness * thickness, image.Width, image.Height), paint);
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
                using var view = OpenCv.View(pixels, image.Width, image.Height);
                Cv2.PutText(view, text, new Point(left, baseline), HersheyFonts.HersheySimplex, LetterScale + LetterScaleOfThickness, Scalar.All(64), thickness: 1, LineTypes.AntiAlias);
            }
            catch (OpenCVException e)
            {
                throw OpenCv.Fault(e);
            }
        }
    }

    private static void Write(Mat view, int left, int top, Lettering label, Scalar paint)
    {
        var fieldLeft = Math.Clamp(left, 0, Math.Max(0, view.Width - label.Width));
        var fieldTop = Math.Clamp(top >= label.Height ? top - label.Height : top, 0, Math.Max(0, view.Height - label.Height));
        Cv2.Rectangle(view, new Rect(fieldLeft, fieldTop, label.Width, label.Height), paint, Cv2.FILLED);

        // Black on bright colours, white on dark ones; how bright one is: ITU-R BT.601.
        var isBright = 0.114 * paint.Val0 + 0.587 * paint.Val1 + 0.299 * paint.Val2 > BrightFrom;
        var place = new Point(fieldLeft + Margin, fieldTop + label.Baseline);
        Cv2.PutText(view, label.Text, place, HersheyFonts.HersheySimplex, label.Scale, isBright ? Scalar.Black : Scalar.White, thickness: 1, LineTypes.AntiAlias);
    }

    /// <summary>A text of some size, and the field around it.</summary>
    /// <param name="Text">What is written.</param>
    /// <param name="Scale">OpenCV's, of its letters.</param>
    /// <param name="Width">Of the field, pixels.</param>
    /// <param name="Height">Of the field, pixels.</param>
    /// <param name="Baseline">Rows from the top of the field to the foot of the letters.</param>
    private readonly record struct Lettering(string Text, double Scale, int Width, int Height, int Baseline)
    {
        /// <summary>Letters of the scale asked for, or the largest smaller ones that fit; if even the smallest do not, as many words or letters as fit.</summary>
        public static Lettering Fitting(string text, double scale, int width, int height)
        {
            var label = Of(text, scale);
            var share = Math.Min((double)width / label.Width, (double)height / label.Height);
            if (share < 1)
            {
                label = Of(text, Math.Max(SmallestLetterScale, Math.Min(scale, scale * share)));
            }

            while (label.Width > width && label.Text.Length > 1)
            {
                // A score without its last digits would be another one.
                label = Of(label.Text[..(label.Text.LastIndexOf(' ') is > 0 and var space ? space : label.Text.Length - 1)], label.Scale);
            }

            return label;
        }

        private static Lettering Of(string text, double scale)
        {
            var letters = Cv2.GetTextSize(text, HersheyFonts.HersheySimplex, scale, thickness: 1, out var baseline);
            return new Lettering(text, scale, letters.Width + (2 * Margin), letters.Height + baseline + 2, letters.Height + 1);
        }
    }
}
