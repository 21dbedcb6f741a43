using System.Runtime.CompilerServices;
using Cawb.Coco;
using Cawb.Detection.Data.Augmentation;

namespace Cawb.Detection.Evaluation;

/// <summary>Which detections of an image found something, by YOLOv5's own rule.</summary>
/// <remarks>
/// Each detection has one label: the one of its class that it overlaps most. Of the detections whose label is the same and whose overlap reaches the threshold, the one of the
/// highest score finds it, not the one of the highest overlap; the others find nothing. COCO's tool lets a detection take the next best label instead. Source: YOLOv5 7.0.
/// </remarks>
internal static class YoloMatching
{
    /// <summary>For each detection a bit for each of the ten overlaps of <see cref="CocoEvaluation.IouThresholds"/>, the lowest bit for 0.50.</summary>
    /// <param name="labels">Of the image.</param>
    /// <param name="found">On the image, by falling score.</param>
    public static ushort[] Match(ReadOnlySpan<PixelLabel> labels, ReadOnlySpan<PixelLabel> found)
    {
        var matched = new ushort[found.Length];
        var taken = new ushort[labels.Length];
        for (var i = 0; i < found.Length; i++)
        {
            var (label, overlap) = BestLabel(labels, found[i]);
            if (label >= 0)
            {
                matched[i] = (ushort)(Reached(overlap) & ~taken[label]);
                taken[label] |= matched[i];
            }
        }

        return matched;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (int Label, double Overlap) BestLabel(ReadOnlySpan<PixelLabel> labels, PixelLabel found)
    {
        var (best, highest) = (-1, 0.0);
        for (var i = 0; i < labels.Length; i++)
        {
            if (labels[i].ClassIndex == found.ClassIndex && Overlap(labels[i], found) is var overlap && overlap > highest)
            {
                (best, highest) = (i, overlap);
            }
        }

        return (best, highest);
    }

    private static int Reached(double overlap)
    {
        var bits = 0;
        for (var i = 0; i < CocoEvaluation.IouThresholds.Length; i++)
        {
            bits |= overlap >= CocoEvaluation.IouThresholds[i] ? 1 << i : 0;
        }

        return bits;
    }

    private static double Overlap(PixelLabel a, PixelLabel b)
    {
        var width = Math.Min(a.Right, b.Right) - Math.Max(a.Left, b.Left);
        var height = Math.Min(a.Bottom, b.Bottom) - Math.Max(a.Top, b.Top);
        if (!(width > 0 && height > 0))
        {
            return 0;
        }

        var shared = width * height;
        return shared / ((a.Width * a.Height) + (b.Width * b.Height) - shared);
    }
}
