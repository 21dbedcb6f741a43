namespace Cawb.Digits;

/// <summary>A digit scaled and rotated: how much ink covers each pixel of a small square.</summary>
internal sealed class GlyphRenderer
{
    /// <summary>A pixel counts as ink, for the box, when ink covers at least this share of it.</summary>
    internal const double InkThreshold = 0.25;

    // The grey edge of MNIST's strokes is cut to about one pixel, else enlarged digits look out of focus.
    private const double EdgeFrom = 60;
    private const double EdgeTo = 170;
    private const int SourceInk = 64;

    private GlyphRenderer(int side, double[] alpha, PixelBox inkBox, PixelBox touchedBox)
    {
        Side = side;
        Alpha = alpha;
        InkBox = inkBox;
        TouchedBox = touchedBox;
    }

    /// <summary>Of the square, pixels.</summary>
    internal int Side { get; }

    /// <summary>Cover of each pixel, 0 to 1, row by row.</summary>
    internal IReadOnlyList<double> Alpha { get; }

    /// <summary>Tight around the pixels with cover of at least <see cref="InkThreshold"/>; empty when there are none.</summary>
    internal PixelBox InkBox { get; }

    /// <summary>Tight around the pixels with any cover.</summary>
    internal PixelBox TouchedBox { get; }

    /// <param name="glyph">28 x 28 grey pixels.</param>
    /// <param name="longSide">What the longer side of the upright digit's ink measures in the result, pixels.</param>
    /// <param name="radians">Clockwise on the screen; at most 0.3 in size, where the polynomial of the sine is exact to 1e-10.</param>
    /// <param name="shiftX">Part of a pixel.</param>
    /// <param name="shiftY">Part of a pixel.</param>
    internal static GlyphRenderer Render(ReadOnlySpan<byte> glyph, double longSide, double radians, double shiftX, double shiftY)
    {
        var ink = Bounds(glyph, DigitGlyphs.Side, SourceInk);
        var scale = longSide / Math.Max(1, ink.LongSide);
        var side = (int)(longSide * 1.5) + 6;
        var (sine, cosine) = SineCosine(radians);
        var centreX = (ink.Left + ink.Right) / 2.0;
        var centreY = (ink.Top + ink.Bottom) / 2.0;
        var alpha = new double[side * side];
        var touched = new double[side * side];
        for (var y = 0; y < side; y++)
        {
            for (var x = 0; x < side; x++)
            {
                var dx = x + 0.5 - side / 2.0 - shiftX;
                var dy = y + 0.5 - side / 2.0 - shiftY;
                var sourceX = centreX + (cosine * dx + sine * dy) / scale;
                var sourceY = centreY + (cosine * dy - sine * dx) / scale;
                var grey = Cubic(glyph, sourceX - 0.5, sourceY - 0.5);
                alpha[y * side + x] = Math.Clamp((grey - EdgeFrom) / (EdgeTo - EdgeFrom), 0, 1);
                touched[y * side + x] = alpha[y * side + x] > 0 ? 1 : 0;
            }
        }

        return new GlyphRenderer(side, alpha, Bounds<double>(alpha, side, InkThreshold), Bounds<double>(touched, side, 1));
    }

    private static PixelBox Bounds<T>(ReadOnlySpan<T> values, int side, T threshold)
        where T : IComparable<T>
    {
        int left = side, top = side, right = 0, bottom = 0;
        for (var y = 0; y < side; y++)
        {
            for (var x = 0; x < side; x++)
            {
                if (values[y * side + x].CompareTo(threshold) < 0)
                {
                    continue;
                }

                left = Math.Min(left, x);
                right = Math.Max(right, x + 1);
                top = Math.Min(top, y);
                bottom = y + 1;
            }
        }

        return right == 0 ? default : new PixelBox(left, top, right, bottom);
    }

    private static PixelBox Bounds(ReadOnlySpan<byte> glyph, int side, int threshold) => Bounds<byte>(glyph, side, (byte)threshold);

    // Catmull-Rom through 4 x 4 neighbours; paper outside the glyph.
    private static double Cubic(ReadOnlySpan<byte> glyph, double x, double y)
    {
        var column = (int)Math.Floor(x);
        var row = (int)Math.Floor(y);
        if (column < -2 || row < -2 || column > DigitGlyphs.Side || row > DigitGlyphs.Side)
        {
            return 0;
        }

        Span<double> across = stackalloc double[4];
        Span<double> down = stackalloc double[4];
        Weights(x - column, across);
        Weights(y - row, down);
        double sum = 0;
        for (var j = 0; j < 4; j++)
        {
            var sourceY = row - 1 + j;
            if ((uint)sourceY >= DigitGlyphs.Side)
            {
                continue;
            }

            double line = 0;
            for (var i = 0; i < 4; i++)
            {
                var sourceX = column - 1 + i;
                if ((uint)sourceX < DigitGlyphs.Side)
                {
                    line += across[i] * glyph[sourceY * DigitGlyphs.Side + sourceX];
                }
            }

            sum += down[j] * line;
        }

        return sum;
    }

    private static void Weights(double t, Span<double> weights)
    {
        weights[0] = ((-0.5 * t + 1) * t - 0.5) * t;
        weights[1] = (1.5 * t - 2.5) * t * t + 1;
        weights[2] = ((-1.5 * t + 2) * t + 0.5) * t;
        weights[3] = (0.5 * t - 0.5) * t * t;
    }

    // The library's sine may differ in the last bit from machine to machine, and a byte could flip; a polynomial cannot.
    private static (double Sine, double Cosine) SineCosine(double x)
    {
        var q = x * x;
        return (x * (1 - q / 6 * (1 - q / 20 * (1 - q / 42 * (1 - q / 72)))), 1 - q / 2 * (1 - q / 12 * (1 - q / 30 * (1 - q / 56))));
    }
}
