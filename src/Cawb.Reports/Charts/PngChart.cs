using Cawb.Reports.Files;
using SkiaSharp;
using Svg.Skia;

namespace Cawb.Reports.Charts;

/// <summary>Draws a <see cref="Chart"/> as PNG: the SVG, painted by Skia.</summary>
public static class PngChart
{
    // Of charts as small as the usual settings make them, in a third of the time.
    private static readonly SKPngEncoderOptions Compression = new(SKPngEncoderFilterFlags.Up, zLibLevel: 4);

    /// <summary>The picture on its light ground.</summary>
    /// <param name="chart">What to show.</param>
    /// <param name="size">In CSS pixels.</param>
    /// <param name="pixelsPerCssPixel">1 to 4; 2 is sharp on most screens and in print.</param>
    /// <returns>A PNG file's bytes, with letters that do not depend on the machine's fonts (Latin, Greek, Cyrillic; others are taken from there).</returns>
    /// <exception cref="ArgumentOutOfRangeException">The enlargement is outside its range.</exception>
    /// <exception cref="FileException">The chart has a letter that no font has, or Skia cannot be loaded or does not draw.</exception>
    public static byte[] Render(Chart chart, ChartSize size, int pixelsPerCssPixel)
    {
        ArgumentNullException.ThrowIfNull(chart);
        return Paint(SvgChart.Render(chart, size), pixelsPerCssPixel);
    }

    /// <summary>Any drawing in the same way.</summary>
    internal static byte[] Paint(string drawing, int pixelsPerCssPixel)
    {
        if (pixelsPerCssPixel is < 1 or > 4)
        {
            throw new ArgumentOutOfRangeException(nameof(pixelsPerCssPixel), $"Must be 1 to 4; got {pixelsPerCssPixel}.");
        }
        try
        {
            using var svg = new SKSvg();
            svg.Settings.TypefaceProviders = [PictureTypeface.For(drawing)];
            using var picture = svg.FromSvg(drawing);
            using var pixels = picture is null ? null : Pixels(picture, pixelsPerCssPixel);
            using var file = pixels?.PeekPixels()?.Encode(Compression);
            return file?.ToArray() ?? throw new FileException("PNG picture", "Skia did not paint it. Write .svg or .html instead.");
        }
        catch (Exception fault) when (fault is DllNotFoundException or TypeInitializationException)
        {
            throw new FileException("PNG picture", $"Skia, which paints it, cannot be loaded: {fault.GetBaseException().Message.TrimEnd('.')}. Write .svg or .html instead, which need nothing else.", fault);
        }
    }

    private static SKBitmap Pixels(SKPicture picture, int scale)
    {
        var pixels = new SKBitmap((int)Math.Ceiling(picture.CullRect.Width * scale), (int)Math.Ceiling(picture.CullRect.Height * scale));
        using var canvas = new SKCanvas(pixels);
        canvas.Scale(scale);
        canvas.DrawPicture(picture);
        return pixels;
    }
}
