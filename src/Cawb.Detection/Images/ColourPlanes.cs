using OpenCvSharp;

namespace Cawb.Detection.Images;

/// <summary>From interleaved blue-green-red pixels to the three planes red, green, blue that a network takes.</summary>
internal static class ColourPlanes
{
    // Worked off in strips that stay in the processor's cache.
    private const int PixelsOfStrip = 8192;

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
            throw new ArgumentException("A buffer does not fit its picture.", nameof(planes));
        }

        FlipMode? flip = (flipVertical, flipHorizontal) switch
        {
            (true, true) => FlipMode.XY,
            (true, false) => FlipMode.X,
            (false, true) => FlipMode.Y,
            _ => null,
        };
        var rows = Math.Max(1, PixelsOfStrip / width);
        fixed (byte* from = pixels, to = planes, changes = tables)
        {
            try
            {
                using var hsv = new Mat();
                using var changed = new Mat();
                for (var top = 0; top < height; top += rows)
                {
                    var count = Math.Min(rows, height - top);
                    using var strip = OpenCv.View(from + (long)top * width * Image.Channels, width, count);
                    if (!tables.IsEmpty)
                    {
                        Cv2.CvtColor(strip, hsv, ColorConversionCodes.BGR2HSV);
                        LookUp(hsv.DataPointer, count * width, changes);
                        Cv2.CvtColor(hsv, changed, ColorConversionCodes.HSV2BGR);
                    }

                    var first = to + (long)(flipVertical ? height - top - count : top) * width;
                    Split(tables.IsEmpty ? strip : changed, first, (long)width * height, flip);
                }
            }
            catch (OpenCVException e)
            {
                throw OpenCv.Fault(e);
            }
        }
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

    private static unsafe void Split(Mat strip, byte* first, long plane, FlipMode? flip)
    {
        using var red = Mat.FromPixelData(strip.Height, strip.Width, MatType.CV_8UC1, (nint)first);
        using var green = Mat.FromPixelData(strip.Height, strip.Width, MatType.CV_8UC1, (nint)(first + plane));
        using var blue = Mat.FromPixelData(strip.Height, strip.Width, MatType.CV_8UC1, (nint)(first + 2 * plane));
        Mat[] targets = [red, green, blue];
        Cv2.MixChannels([strip], targets, RedFirst);
        foreach (var target in targets)
        {
            if (flip is { } mode)
            {
                Cv2.Flip(target, target, mode);
            }
        }
    }
}
