namespace Cawb.Coco.Evaluation;

/// <summary>The detections that take part in an evaluation, ordered by category, then picture, then file.</summary>
internal sealed class DetectionTable
{
    private DetectionTable(CocoDetection[] items, int[] image, int[] order, int[] categoryStarts)
    {
        Items = items;
        Image = image;
        Order = order;
        CategoryStarts = categoryStarts;
    }

    /// <summary>In file order; only those that <see cref="Order"/> names take part.</summary>
    public CocoDetection[] Items { get; }

    /// <summary>The number of each item's picture.</summary>
    public int[] Image { get; }

    /// <summary>Indices into <see cref="Items"/>.</summary>
    public int[] Order { get; }

    /// <summary>Category k has the elements of <see cref="Order"/> from element k to before element k + 1.</summary>
    public int[] CategoryStarts { get; }

    /// <exception cref="CocoFormatException">A detection read from a file names a picture that the ground truth lacks.</exception>
    /// <exception cref="ArgumentException">The same for a detection made in memory.</exception>
    public static DetectionTable From(CocoDetections detections, GroundTruthTable truth)
    {
        var items = detections.Items;
        var image = new int[detections.Count];
        var category = new int[detections.Count];
        var known = new int[detections.Count];
        var count = 0;
        for (var i = 0; i < image.Length; i++)
        {
            image[i] = truth.Images.Of(items[i].ImageId);
            if (image[i] < 0)
            {
                throw UnknownPicture(detections, i);
            }

            category[i] = truth.Categories.Of(items[i].CategoryId);
            if (category[i] >= 0)
            {
                known[count++] = i;
            }
        }

        var byImage = new int[count];
        var order = new int[count];
        CountingSort.Sort(known.AsSpan(0, count), image, truth.Images.Count, byImage);
        var starts = CountingSort.Sort(byImage, category, truth.Categories.Count, order);
        return new DetectionTable(items, image, order, starts);
    }

    private static Exception UnknownPicture(CocoDetections detections, int index)
    {
        var problem = FormattableString.Invariant($"Expected the id of a picture of the ground truth; it has no picture {detections[index].ImageId}.");
        return detections.Path.Length > 0
            ? new CocoFormatException(detections.Path, detections.PlaceOf(index), FormattableString.Invariant($"$[{index}].image_id"), problem)
            : new ArgumentException(FormattableString.Invariant($"Detection {index}: {problem}"), nameof(detections));
    }
}
