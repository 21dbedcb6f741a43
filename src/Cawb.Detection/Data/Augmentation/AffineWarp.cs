namespace Cawb.Detection.Data.Augmentation;

/// <summary>A random rotation, scaling, shearing, shift and perspective as one 3 x 3 matrix, for pixels and for labels.</summary>
/// <remarks>
/// M = T S R P C: C moves the centre of the input to the origin, P has the bottom row (px, py, 1), R scales by k and rotates, S shears, T moves to
/// (U W, U H). The eight draws come in the order px, py, angle, k, two shears, x shift, y shift.
/// </remarks>
internal sealed class AffineWarp
{
    private const double MinSidePixels = 2;
    private const double MinAreaShare = 0.10;
    private const double MaxAspect = 100;
    private const double Tiny = 1e-16;

    private readonly double[] matrix;
    private readonly bool hasPerspective;

    private AffineWarp(double[] matrix, double scale, int outputWidth, int outputHeight, bool hasPerspective)
    {
        this.matrix = matrix;
        this.hasPerspective = hasPerspective;
        Scale = scale;
        OutputWidth = outputWidth;
        OutputHeight = outputHeight;
    }

    /// <summary>Row by row, from the input to the output.</summary>
    internal ReadOnlySpan<double> Matrix => matrix;

    /// <summary>k.</summary>
    internal double Scale { get; }

    internal int OutputWidth { get; }

    internal int OutputHeight { get; }

    /// <summary>Whether it changes nothing.</summary>
    internal bool IsIdentity => Matrix.SequenceEqual((ReadOnlySpan<double>)[1, 0, 0, 0, 1, 0, 0, 0, 1]);

    /// <param name="options">The ranges.</param>
    /// <param name="draws">Eight uniform numbers in [0, 1).</param>
    /// <param name="width">Of the input, pixels.</param>
    /// <param name="height">Of the input, pixels.</param>
    /// <param name="border">What is added on every side to get the output: -S/2 for a mosaic, else 0.</param>
    internal static AffineWarp From(AugmentationOptions options, ReadOnlySpan<double> draws, int width, int height, int border)
    {
        var outputWidth = width + 2 * border;
        var outputHeight = height + 2 * border;
        var perspectiveX = Around(0, options.Perspective, draws[0]);
        var perspectiveY = Around(0, options.Perspective, draws[1]);
        var angle = Around(0, options.Degrees, draws[2]) * Math.PI / 180;
        var scale = Around(1, options.Scale, draws[3]);
        var shearX = Math.Tan(Around(0, options.Shear, draws[4]) * Math.PI / 180);
        var shearY = Math.Tan(Around(0, options.Shear, draws[5]) * Math.PI / 180);
        var shiftX = Around(0.5, options.Translate, draws[6]) * outputWidth;
        var shiftY = Around(0.5, options.Translate, draws[7]) * outputHeight;
        var a = scale * Math.Cos(angle);
        var b = scale * Math.Sin(angle);
        double[] centre = [1, 0, -width / 2.0, 0, 1, -height / 2.0, 0, 0, 1];
        double[] perspective = [1, 0, 0, 0, 1, 0, perspectiveX, perspectiveY, 1];
        double[] rotation = [a, b, 0, -b, a, 0, 0, 0, 1];
        double[] shear = [1, shearX, 0, shearY, 1, 0, 0, 0, 1];
        double[] shift = [1, 0, shiftX, 0, 1, shiftY, 0, 0, 1];
        var matrix = Product(Product(Product(Product(shift, shear), rotation), perspective), centre);
        return new AffineWarp(matrix, scale, outputWidth, outputHeight, options.Perspective != 0);
    }

    /// <summary>The new bounding box of a label, clipped to the output.</summary>
    internal PixelLabel Move(PixelLabel label)
    {
        double left = double.MaxValue, top = double.MaxValue, right = double.MinValue, bottom = double.MinValue;
        for (var corner = 0; corner < 4; corner++)
        {
            var (x, y) = Move((corner & 1) == 0 ? label.Left : label.Right, (corner & 2) == 0 ? label.Top : label.Bottom);
            (left, right) = (Math.Min(left, x), Math.Max(right, x));
            (top, bottom) = (Math.Min(top, y), Math.Max(bottom, y));
        }

        return new PixelLabel(label.ClassIndex, left, top, right, bottom).Clipped(OutputWidth, OutputHeight);
    }

    /// <summary>Whether enough of a moved label is left: sides above 2 pixels, more than a tenth of its scaled area, no aspect of 100 or more.</summary>
    internal bool Keeps(PixelLabel before, PixelLabel after)
    {
        var (width, height) = (after.Width, after.Height);
        var areaBefore = before.Width * Scale * (before.Height * Scale);
        var aspect = Math.Max(width / (height + Tiny), height / (width + Tiny));
        return width > MinSidePixels && height > MinSidePixels && width * height / (areaBefore + Tiny) > MinAreaShare && aspect < MaxAspect;
    }

    /// <summary>The part of the input that the output can show, with a margin for interpolation, clipped to the input.</summary>
    internal (int Left, int Top, int Right, int Bottom) VisibleInput(int width, int height)
    {
        if (hasPerspective)
        {
            return (0, 0, width, height);
        }

        var determinant = matrix[0] * matrix[4] - matrix[1] * matrix[3];
        double left = double.MaxValue, top = double.MaxValue, right = double.MinValue, bottom = double.MinValue;
        for (var corner = 0; corner < 4; corner++)
        {
            var dx = ((corner & 1) == 0 ? 0 : OutputWidth) - matrix[2];
            var dy = ((corner & 2) == 0 ? 0 : OutputHeight) - matrix[5];
            var x = (matrix[4] * dx - matrix[1] * dy) / determinant;
            var y = (matrix[0] * dy - matrix[3] * dx) / determinant;
            (left, right) = (Math.Min(left, x), Math.Max(right, x));
            (top, bottom) = (Math.Min(top, y), Math.Max(bottom, y));
        }

        const int margin = 3;
        return (Clip(Math.Floor(left) - margin, width), Clip(Math.Floor(top) - margin, height), Clip(Math.Ceiling(right) + margin, width), Clip(Math.Ceiling(bottom) + margin, height));

        static int Clip(double value, int max) => (int)Math.Clamp(value, 0, max);
    }

    private (double X, double Y) Move(double x, double y)
    {
        var m = matrix;
        var movedX = m[0] * x + m[1] * y + m[2];
        var movedY = m[3] * x + m[4] * y + m[5];
        if (!hasPerspective)
        {
            return (movedX, movedY);
        }

        var depth = m[6] * x + m[7] * y + m[8];
        return (movedX / depth, movedY / depth);
    }

    private static double Around(double middle, double range, double unit) => middle - range + 2 * range * unit;

    private static double[] Product(double[] a, double[] b)
    {
        var product = new double[9];
        for (var row = 0; row < 3; row++)
        {
            for (var column = 0; column < 3; column++)
            {
                product[row * 3 + column] = a[row * 3] * b[column] + a[row * 3 + 1] * b[3 + column] + a[row * 3 + 2] * b[6 + column];
            }
        }

        return product;
    }
}
