namespace Cawb.Detection.Data;

/// <summary>What there is in one part: instances of each class, sizes of boxes and images.</summary>
/// <param name="Classes">By class index.</param>
/// <param name="Images">Usable images.</param>
/// <param name="Backgrounds">Those without labels.</param>
/// <param name="Widths">Of every box, as fractions of its image's width, 0 to 1.</param>
/// <param name="Heights">Of every box, as fractions of its image's height, 0 to 1; as many as <paramref name="Widths"/>.</param>
/// <param name="Sides">The root of every box's area in pixels of the original image, ascending.</param>
/// <param name="SmallestImage">Width and height in pixels of the image with the smallest area; 0 where there is none.</param>
/// <param name="LargestImage">The same of the largest.</param>
public sealed record PartStatistics(
    IReadOnlyList<ClassCount> Classes,
    int Images,
    int Backgrounds,
    IReadOnlyList<double> Widths,
    IReadOnlyList<double> Heights,
    IReadOnlyList<double> Sides,
    (int Width, int Height) SmallestImage,
    (int Width, int Height) LargestImage)
{
    // COCO's limits (see CocoArea), as sides.
    private const double SmallSide = 32;
    private const double LargeSide = 96;

    /// <summary>All boxes.</summary>
    public int Instances => Sides.Count;

    /// <summary>Boxes below 32 x 32 pixels of the original image, COCO's small ones.</summary>
    public int Small => Sides.Count(side => side < SmallSide);

    /// <summary>Boxes from 32 x 32 to below 96 x 96 pixels.</summary>
    public int Medium => Sides.Count - Small - Large;

    /// <summary>Boxes of 96 x 96 pixels and more.</summary>
    public int Large => Sides.Count(side => side >= LargeSide);

    /// <summary>The side that a fraction of the boxes does not exceed.</summary>
    /// <param name="fraction">0 for the smallest box to 1 for the largest.</param>
    /// <returns>Pixels of the original image, linear between boxes; NaN without boxes.</returns>
    public double SideAt(double fraction)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(fraction);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(fraction, 1);
        var place = fraction * (Sides.Count - 1);
        var below = (int)Math.Floor(place);
        return Sides.Count == 0 ? double.NaN : Sides[below] + (place - below) * (Sides[Math.Min(below + 1, Sides.Count - 1)] - Sides[below]);
    }

    internal static PartStatistics Of(DetectionDataset dataset)
    {
        var instances = new int[dataset.ClassNames.Count];
        var images = new int[instances.Length];
        var sides = new List<double>();
        foreach (var image in dataset.Images)
        {
            foreach (var group in image.Boxes.GroupBy(box => box.ClassIndex))
            {
                images[group.Key]++;
                instances[group.Key] += group.Count();
            }

            sides.AddRange(image.Boxes.Select(box => Math.Sqrt(box.Width * image.Width * box.Height * image.Height)));
        }

        sides.Sort();
        var boxes = dataset.Images.SelectMany(image => image.Boxes).ToArray();
        var byArea = dataset.Images.OrderBy(image => (long)image.Width * image.Height).Select(image => (image.Width, image.Height)).DefaultIfEmpty().ToArray();
        return new PartStatistics(
            [.. dataset.ClassNames.Select((name, i) => new ClassCount(name, instances[i], images[i]))],
            dataset.Images.Count,
            dataset.Images.Count(image => image.Boxes.Count == 0),
            Array.AsReadOnly(Array.ConvertAll(boxes, box => box.Width)),
            Array.AsReadOnly(Array.ConvertAll(boxes, box => box.Height)),
            sides.AsReadOnly(),
            byArea[0],
            byArea[^1]);
    }
}
