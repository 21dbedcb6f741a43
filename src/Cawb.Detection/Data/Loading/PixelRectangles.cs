using Cawb.Detection.Data.Augmentation;
using Cawb.Detection.Images;

namespace Cawb.Detection.Data.Loading;

/// <summary>Filling and copying parts of interleaved images.</summary>
internal static class PixelRectangles
{
    /// <summary>Fills columns and rows of a canvas with the grey of borders.</summary>
    internal static void FillGrey(Span<byte> canvas, int canvasWidth, (int Left, int Top, int Right, int Bottom) part)
    {
        for (var y = part.Top; y < part.Bottom; y++)
        {
            canvas.Slice((y * canvasWidth + part.Left) * Image.Channels, (part.Right - part.Left) * Image.Channels).Fill(Resampling.BorderGrey);
        }
    }

    /// <summary>Copies width x height pixels from a place of one image to a place of another.</summary>
    internal static void Copy(
        ReadOnlySpan<byte> source, int sourceWidth, int sourceX, int sourceY, Span<byte> canvas, int canvasWidth, int x, int y, int width, int height)
    {
        for (var row = 0; row < height; row++)
        {
            source.Slice(((sourceY + row) * sourceWidth + sourceX) * Image.Channels, width * Image.Channels)
                .CopyTo(canvas[(((y + row) * canvasWidth + x) * Image.Channels)..]);
        }
    }

    /// <summary>The image resized to the inner size and padded; itself when it fits as it is.</summary>
    internal static ReadOnlySpan<byte> Letterboxed(
        ReadOnlySpan<byte> pixels, int width, int height, Letterbox box, int newWidth, int newHeight, SampleScratch scratch)
    {
        if (box.InnerWidth != width || box.InnerHeight != height)
        {
            // The store brings the long side to the image size, so this is the rare case where truncation made it one pixel less, or a rectangle that is smaller.
            var resized = scratch.Second(box.InnerWidth, box.InnerHeight);
            Resampling.Resize(pixels, width, height, resized, box.InnerWidth, box.InnerHeight, PixelInterpolation.Bilinear);
            pixels = resized;
        }

        if (box.InnerWidth == newWidth && box.InnerHeight == newHeight)
        {
            return pixels;
        }

        var canvas = scratch.Canvas(newWidth, newHeight);
        FillGrey(canvas, newWidth, (0, 0, newWidth, newHeight));
        Copy(pixels, box.InnerWidth, 0, 0, canvas, newWidth, box.Left, box.Top, box.InnerWidth, box.InnerHeight);
        return canvas;
    }
}
