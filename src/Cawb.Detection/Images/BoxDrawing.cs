namespace Cawb.Detection.Images;

/// <summary>Rectangles with labels, drawn into a picture.</summary>
public static class BoxDrawing
{
    /// <summary>Draws a rectangle and, when there is a text, a label on a filled field above it (inside when there is no room above).</summary>
    /// <param name="image">Changed in place.</param>
    /// <param name="left">Pixels; parts outside the picture are cut.</param>
    /// <param name="top">Pixels.</param>
    /// <param name="right">Pixels, the last column that is drawn.</param>
    /// <param name="bottom">Pixels, the last row that is drawn.</param>
    /// <param name="colour">Red, green, blue.</param>
    /// <param name="text">ASCII; empty for none.</param>
    /// <param name="thickness">Pixels, 1 or more.</param>
    public static void Draw(
        Image image, int left, int top, int right, int bottom, (byte Red, byte Green, byte Blue) colour, string text = "", int thickness = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(thickness, 1);
        NativeVision.Require(NativeVision.DrawBox(
            ref image.Buffer[0], image.Width, image.Height, left, top, right, bottom, colour.Blue, colour.Green, colour.Red, thickness, text));
    }
}
