using OpenCvSharp;

namespace Cawb.Detection.Images;

/// <summary>Turning by EXIF's orientations, in the words of the TIFF standard: where the first row and the first column of the file belong.</summary>
internal static class Orientation
{
    /// <summary>The image upright: itself, changed in place, or for 5 to 8 a new one in place of the given, which is disposed then.</summary>
    /// <param name="image">As the file has it.</param>
    /// <param name="orientation">1 to 8.</param>
    internal static Mat Turn(Mat image, int orientation)
    {
        if (ExifOrientation.SwapsSides(orientation))
        {
            var transposed = new Mat();
            using (image)
            {
                Cv2.Transpose(image, transposed);
            }

            image = transposed;
        }

        // 1 is top, left; 5 is left, top.
        FlipMode? flip = orientation switch
        {
            2 or 6 => FlipMode.Y, // top, right; right, top
            3 or 7 => FlipMode.XY, // bottom, right; right, bottom
            4 or 8 => FlipMode.X, // bottom, left; left, bottom
            _ => null,
        };
        if (flip is { } mode)
        {
            Cv2.Flip(image, image, mode);
        }

        return image;
    }
}
