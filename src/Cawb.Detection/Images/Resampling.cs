using OpenCvSharp;

namespace Cawb.Detection.Images;

/// <summary>Resizing and warping by OpenCV's own functions, so that pixels equal those of the Python original.</summary>
public static class Resampling
{
    /// <summary>The grey that stands where a warped or padded image has nothing.</summary>
    public const byte BorderGrey = 114;

    /// <summary>The image at another size.</summary>
    /// <param name="source">The image.</param>
    /// <param name="width">Pixels, 1 or more.</param>
    /// <param name="height">Pixels, 1 or more.</param>
    /// <param name="interpolation">Area for shrinking without loss of fine lines, bilinear otherwise.</param>
    public static Image Resize(Image source, int width, int height, PixelInterpolation interpolation)
    {
        var result = new Image(width, height);
        Resize(source.Buffer, source.Width, source.Height, result.Buffer, width, height, interpolation);
        return result;
    }

    /// <summary>Warps bilinearly by a 3 x 3 matrix that takes points (x, y, 1) of the source to the result; outside lies <see cref="BorderGrey"/>.</summary>
    /// <param name="source">The image.</param>
    /// <param name="width">Of the result, pixels.</param>
    /// <param name="height">Of the result, pixels.</param>
    /// <param name="matrix">9 numbers, row by row. When the last row is (0, 0, 1) OpenCV's warpAffine is used, else warpPerspective.</param>
    public static Image Warp(Image source, int width, int height, ReadOnlySpan<double> matrix)
    {
        var result = new Image(width, height);
        Warp(source.Buffer, source.Width, source.Height, result.Buffer, width, height, matrix);
        return result;
    }

    internal static unsafe void Resize(
        ReadOnlySpan<byte> source, int width, int height, Span<byte> destination, int newWidth, int newHeight, PixelInterpolation interpolation)
    {
        RequireSizes(source, width, height, destination, newWidth, newHeight);
        fixed (byte* from = source)
        {
            using var view = OpenCv.View(from, width, height);
            Resize(view, destination, newWidth, newHeight, interpolation);
        }
    }

    /// <summary>The same from OpenCV's memory; copied when the size is the same.</summary>
    internal static unsafe void Resize(Mat source, Span<byte> destination, int newWidth, int newHeight, PixelInterpolation interpolation)
    {
        if (destination.Length < Image.BytesOf(newWidth, newHeight))
        {
            throw new ArgumentException("The buffer is smaller than its image.", nameof(destination));
        }

        fixed (byte* to = destination)
        {
            try
            {
                using var result = OpenCv.View(to, newWidth, newHeight);
                if (source.Width == newWidth && source.Height == newHeight)
                {
                    source.CopyTo(result);
                }
                else
                {
                    Cv2.Resize(source, result, new Size(newWidth, newHeight), 0, 0, interpolation == PixelInterpolation.Area ? InterpolationFlags.Area : InterpolationFlags.Linear);
                }

                OpenCv.RequireWritten(result, to);
            }
            catch (OpenCVException e)
            {
                throw OpenCv.Fault(e);
            }
        }
    }

    internal static unsafe void Warp(
        ReadOnlySpan<byte> source, int width, int height, Span<byte> destination, int newWidth, int newHeight, ReadOnlySpan<double> matrix)
    {
        if (matrix.Length != 9)
        {
            throw new ArgumentException($"Has {matrix.Length} numbers; a 3 x 3 matrix has 9.", nameof(matrix));
        }

        RequireSizes(source, width, height, destination, newWidth, newHeight);
        var isPerspective = matrix[6] != 0 || matrix[7] != 0 || matrix[8] != 1;
        fixed (byte* from = source, to = destination)
        fixed (double* numbers = matrix)
        {
            try
            {
                using var view = OpenCv.View(from, width, height);
                using var result = OpenCv.View(to, newWidth, newHeight);
                using var map = Mat.FromPixelData(isPerspective ? 3 : 2, 3, MatType.CV_64FC1, (nint)numbers);
                var grey = Scalar.All(BorderGrey);
                if (isPerspective)
                {
                    Cv2.WarpPerspective(view, result, map, result.Size(), InterpolationFlags.Linear, BorderTypes.Constant, grey);
                }
                else
                {
                    Cv2.WarpAffine(view, result, map, result.Size(), InterpolationFlags.Linear, BorderTypes.Constant, grey);
                }

                OpenCv.RequireWritten(result, to);
            }
            catch (OpenCVException e)
            {
                throw OpenCv.Fault(e);
            }
        }
    }

    private static void RequireSizes(ReadOnlySpan<byte> source, int width, int height, Span<byte> destination, int newWidth, int newHeight)
    {
        if (source.Length < Image.BytesOf(width, height) || destination.Length < Image.BytesOf(newWidth, newHeight))
        {
            throw new ArgumentException("A buffer is smaller than its image.", nameof(destination));
        }
    }
}
