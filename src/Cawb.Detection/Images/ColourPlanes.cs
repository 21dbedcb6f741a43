using OpenCvSharp;

namespace Cawb.Detection.Images;

/// <summary>From interleaved blue-green-red pixels to the three planes red, green, blue that a network takes.</summary>
internal static class ColourPlanes
{
    // Pairs of channel and plane.
    private static readonly int[] RedFirst = [2, 0, 1, 1, 0, 2];

    /// <param name="pixels">height x width x 3, blue first.</param>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="tables">3 x 256 bytes of <see cref="HsvTables"/>, or empty: the colours stay.</param>
    /// <param name="flipVertical">Top and bottom change places.</param>
    /// <param name="flipHorizontal">Left and right change places.</param>
    /// <param name="planes">3 x height x width, red first.</param>
    internal static unsafe void Write(
        ReadOnlySpan<byte> pixels, int width, int height, ReadOnlySpan<byte> tables, bool flipVertical, bool flipHorizontal, Span<byte> planes)
    {
        var bytes = Image.BytesOf(width, height);
        if (pixels.Length < bytes || planes.Length < bytes || (!tables.IsEmpty && tables.Length != 768))
        {
            throw new ArgumentException("A buffer does not fit its image.", nameof(planes));
        }

        fixed (byte* from = pixels, to = planes, changes = tables)
        {
            try
            {
                using var view = OpenCv.View(from, width, height);
                using var changed = tables.IsEmpty ? null : Changed(view, changes);
                using var red = Plane(to, 0, width, height);
                using var green = Plane(to, 1, width, height);
                using var blue = Plane(to, 2, width, height);
                Mat[] targets = [red, green, blue];
                Cv2.MixChannels([changed ?? view], targets, RedFirst);
                if (flipVertical || flipHorizontal)
                {
                    var mode = !flipVertical ? FlipMode.Y : flipHorizontal ? FlipMode.XY : FlipMode.X;
                    foreach (var plane in targets)
                    {
                        Cv2.Flip(plane, plane, mode);
                    }
                }
            }
            catch (OpenCVException e)
            {
                throw OpenCv.Fault(e);
            }
        }
    }

    private static unsafe Mat Plane(byte* planes, int index, int width, int height) =>
        Mat.FromPixelData(height, width, MatType.CV_8UC1, (nint)(planes + (long)index * width * height));

    private static unsafe Mat Changed(Mat view, byte* tables)
    {
        using var hsv = new Mat();
        Cv2.CvtColor(view, hsv, ColorConversionCodes.BGR2HSV);
        LookUp(hsv.DataPointer, view.Width * view.Height, tables);
        var changed = new Mat();
        Cv2.CvtColor(hsv, changed, ColorConversionCodes.HSV2BGR);
        return changed;
    }

    // The same as OpenCV's LUT, which takes three times as long.
    private static unsafe void LookUp(byte* pixel, int pixels, byte* tables)
    {
        for (var end = pixel + Image.Channels * (long)pixels; pixel != end; pixel += Image.Channels)
        {
            pixel[0] = tables[pixel[0]];
            pixel[1] = tables[256 + pixel[1]];
            pixel[2] = tables[512 + pixel[2]];
        }
    }
}
