using Cawb.Detection.Data;
using Cawb.Detection.Data.Loading;
using Cawb.Detection.Images;
using Cawb.Detection.Inference;

namespace Cawb.Detection.Pictures;

/// <summary>The images of a batch beside each other, with the names of their files and boxes: what a network sees, and what it is to find or has found.</summary>
public static class BatchPicture
{
    /// <summary>More images than this are left out.</summary>
    public const int MostImages = 16;

    private const int LeastSide = 256;
    private const int MostSide = 480;
    private const int Gap = 2;
    private const int NameHeight = 15;
    private const int LongestName = 32;

    /// <summary>With the labels.</summary>
    /// <param name="batch">Of <paramref name="dataset"/>.</param>
    /// <param name="dataset">Gives the names.</param>
    public static Image OfLabels(LoadedBatch batch, DetectionDataset dataset)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var boxes = new List<DetectedBox>[batch.Count];
        for (var i = 0; i < boxes.Length; i++)
        {
            boxes[i] = [];
        }

        foreach (var row in batch.Labels)
        {
            boxes[row.Image].Add(new DetectedBox(
                (float)((row.CenterX - (row.Width / 2)) * batch.Width), (float)((row.CenterY - (row.Height / 2)) * batch.Height),
                (float)((row.CenterX + (row.Width / 2)) * batch.Width), (float)((row.CenterY + (row.Height / 2)) * batch.Height), float.NaN, row.Class));
        }

        return Draw(batch, dataset, boxes);
    }

    /// <summary>With what was found at the confidence that pictures are shown with.</summary>
    /// <param name="batch">Of <paramref name="dataset"/>.</param>
    /// <param name="found">For each image, best first, in pixels of the batch.</param>
    /// <param name="dataset">Gives the names.</param>
    public static Image OfDetections(LoadedBatch batch, IReadOnlyList<IReadOnlyList<DetectedBox>> found, DetectionDataset dataset) =>
        Draw(batch, dataset, [.. found.Select(boxes => boxes.Where(box => box.Score >= SuppressionOptions.Display.MinConfidence).ToList())]);

    private static Image Draw(LoadedBatch batch, DetectionDataset dataset, List<DetectedBox>[] boxes)
    {
        var count = Math.Clamp(batch.Count, 1, MostImages);
        var columns = (int)Math.Ceiling(Math.Sqrt(count));
        var rows = (count + columns - 1) / columns;
        var scale = Scale(Math.Max(batch.Width, batch.Height));
        var (width, height) = ((int)Math.Round(batch.Width * scale), (int)Math.Round(batch.Height * scale));
        var picture = new Image(Gap + (columns * (width + Gap)), Gap + (rows * (height + NameHeight + Gap)));
        picture.Pixels.Fill(byte.MaxValue);
        var painter = new BoxPainter(dataset.ClassNames) { LineWidth = 1 };
        for (var i = 0; i < Math.Min(batch.Count, count); i++)
        {
            var (left, top) = (Gap + (i % columns * (width + Gap)), Gap + (i / columns * (height + NameHeight + Gap)));
            var cell = Resampling.Resize(Interleaved(batch, i), width, height, scale < 1 ? PixelInterpolation.Area : PixelInterpolation.Bilinear);
            painter.Paint(cell, boxes[i], scale);
            Paste(cell, picture, left, top + NameHeight);
            BoxDrawing.Write(picture, left + 2, top + NameHeight - 4, Name(dataset.Images[batch.ImageIndices[i]].Path));
        }

        return picture;
    }

    // Small images are enlarged by a whole factor, so that their pixels stay pixels.
    private static double Scale(int side) => side < LeastSide ? Math.Ceiling((double)LeastSide / side) : Math.Min(1, (double)MostSide / side);

    private static string Name(string path)
    {
        var name = System.IO.Path.GetFileName(path);
        return !BoxDrawing.CanWrite(name) ? "" : name.Length > LongestName ? string.Concat(name.AsSpan(0, LongestName - 3), "...") : name;
    }

    private static Image Interleaved(LoadedBatch batch, int sample)
    {
        var image = new Image(batch.Width, batch.Height);
        var size = batch.Width * batch.Height;
        var planes = batch.Pixels.Slice(sample * size * Image.Channels, size * Image.Channels);
        var pixels = image.Pixels;
        for (var i = 0; i < size; i++)
        {
            (pixels[3 * i], pixels[(3 * i) + 1], pixels[(3 * i) + 2]) = (planes[(2 * size) + i], planes[size + i], planes[i]);
        }

        return image;
    }

    private static void Paste(Image cell, Image picture, int left, int top)
    {
        for (var y = 0; y < cell.Height; y++)
        {
            cell.Row(y).CopyTo(picture.Row(top + y)[(left * Image.Channels)..]);
        }
    }
}
