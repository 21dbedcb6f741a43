namespace Cawb.Detection.Images;

/// <summary>Resizing and warping by OpenCV's own functions, so that pixels equal those of the Python original.</summary>
public static class Resampling
{
    /// <summary>The grey that stands where a warped or padded picture has nothing.</summary>
    public const byte BorderGrey = 114;

    /// <summary>The picture at another size.</summary>
    /// <param name="source">The picture.</param>
    /// <param name="width">Pixels, 1 or more.</param>
    /// <param name="height">Pixels, 1 or more.</param>
    /// <param name="interpolation">Area for shrinking without loss of fine lines, bilinear otherwise.</param>
    public static Image Resize(Image source, int width, int height, PixelInterpolation interpolation)
    {
        var result = new Image(width, height);
        NativeVision.Require(NativeVision.Resize(
            in source.Buffer[0], source.Width, source.Height, ref result.Buffer[0], width, height, interpolation));
        return result;
    }

    /// <summary>Warps bilinearly by a 3 x 3 matrix that takes points (x, y, 1) of the source to the result; outside lies <see cref="BorderGrey"/>.</summary>
    /// <param name="source">The picture.</param>
    /// <param name="width">Of the result, pixels.</param>
    /// <param name="height">Of the result, pixels.</param>
    /// <param name="matrix">9 numbers, row by row. When the last row is (0, 0, 1) OpenCV's warpAffine is used, else warpPerspective.</param>
    public static Image Warp(Image source, int width, int height, ReadOnlySpan<double> matrix)
    {
        var result = new Image(width, height);
        Warp(source.Buffer, source.Width, source.Height, result.Buffer, width, height, matrix);
        return result;
    }

    internal static void Warp(
        ReadOnlySpan<byte> source, int width, int height, Span<byte> destination, int newWidth, int newHeight, ReadOnlySpan<double> matrix)
    {
        if (matrix.Length != 9)
        {
            throw new ArgumentException($"Has {matrix.Length} numbers; a 3 x 3 matrix has 9.", nameof(matrix));
        }

        if (source.Length < Image.BytesOf(width, height) || destination.Length < Image.BytesOf(newWidth, newHeight))
        {
            throw new ArgumentException("A buffer is smaller than its picture.", nameof(destination));
        }

        var perspective = matrix[6] != 0 || matrix[7] != 0 || matrix[8] != 1;
        NativeVision.Require(NativeVision.Warp(
            in source[0], width, height, ref destination[0], newWidth, newHeight, in matrix[0], perspective ? 1 : 0, BorderGrey));
    }
}
