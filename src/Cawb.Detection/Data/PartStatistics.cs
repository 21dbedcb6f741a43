namespace Cawb.Detection.Data;

/// <summary>What there is in one part: instances of each class, sizes of boxes and images.</summary>
/// <param name="Part">Its name.</param>
/// <param name="Classes">By class index.</param>
/// <param name="Images">Usable images.</param>
/// <param name="Backgrounds">Those without labels.</param>
/// <param name="Boxes">All of them, in the order of the images.</param>
/// <param name="Sides">The root of every box's area in pixels of the original image, ascending.</param>
/// <param name="SmallestImage">Width and height in pixels of the image with the smallest area; 0 where there is none.</param>
/// <param name="LargestImage">The same of the largest.</param>
/// <param name="MedianWidth">Of the images, in pixels; 0 where there is none.</param>
public sealed record PartStatistics(
    string Part,
    IReadOnlyList<ClassCount> Classes,
    int Images,
    int Backgrounds,
    IReadOnlyList<LabelBox> Boxes,
    IReadOnlyList<double> Sides,
    (int Width, int Height) SmallestImage,
    (int Width, int Height) LargestImage,
    int MedianWidth)
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

    /// <summary>Those of a part.</summary>
    /// <param name="dataset">The part.</param>
    public static PartStatistics Of(DetectionDataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
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
        var byArea = dataset.Images.OrderBy(image => (long)image.Width * image.Height).Select(image => (image.Width, image.Height)).DefaultIfEmpty().ToArray();
        var widths = dataset.Images.Select(image => image.Width).Order().DefaultIfEmpty().ToArray();
        return new PartStatistics(
            dataset.Part,
            [.. dataset.ClassNames.Select((name, i) => new ClassCount(name, instances[i], images[i]))],
            dataset.Images.Count,
            dataset.Images.Count(image => image.Boxes.Count == 0),
            [.. dataset.Images.SelectMany(image => image.Boxes)],
            sides.AsReadOnly(),
            byArea[0],
            byArea[^1],
            widths[widths.Length / 2]);
    }
}
