using System.Runtime.CompilerServices;

namespace Cawb.Coco.Evaluation;

/// <summary>The detections that take part in an evaluation, ordered by category, then image, then file.</summary>
internal sealed class DetectionTable
{
    private DetectionTable(int[] categoryStarts, int count)
    {
        CategoryStarts = categoryStarts;
        Item = new int[count];
        Image = new int[count];
        Box = new CocoBox[count];
        Score = new double[count];
    }

    /// <summary>Category k has the rows from element k to before element k + 1.</summary>
    public int[] CategoryStarts { get; }

    /// <summary>Which detection it was in the order of adding.</summary>
    public int[] Item { get; }

    public int[] Image { get; }

    public CocoBox[] Box { get; }

    public double[] Score { get; }

    /// <exception cref="CocoFormatException">A detection read from a file names an image that the ground truth lacks.</exception>
    /// <exception cref="ArgumentException">The same for a detection made in memory.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static DetectionTable From(CocoDetections detections, GroundTruthTable truth)
    {
        var image = new int[detections.Count];
        var category = new int[detections.Count];
        var known = new int[detections.Count];
        var count = Number(detections, truth, image, category, known);
        var byImage = new int[count];
        var order = new int[count];
        CountingSort.Sort(known.AsSpan(0, count), image, truth.Images.Count, byImage);
        var table = new DetectionTable(CountingSort.Sort(byImage, category, truth.Categories.Count, order), count);

        // Copied together once, because everything after this goes through one category at a time.
        var items = detections.Items;
        for (var row = 0; row < order.Length; row++)
        {
            var item = order[row];
            table.Item[row] = item;
            table.Image[row] = image[item];
            table.Box[row] = items[item].Box;
            table.Score[row] = items[item].Score;
        }

        return table;
    }

    /// <summary>Finds the numbers of images and categories; returns how many detections have known categories.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Number(CocoDetections detections, GroundTruthTable truth, Span<int> image, Span<int> category, Span<int> known)
    {
        var items = detections.Items.AsSpan(0, detections.Count);
        var count = 0;
        for (var i = 0; i < items.Length; i++)
        {
            image[i] = truth.Images.Of(items[i].ImageId);
            if (image[i] < 0)
            {
                throw UnknownImage(detections, i);
            }

            category[i] = truth.Categories.Of(items[i].CategoryId);
            if (category[i] >= 0)
            {
                known[count++] = i;
            }
        }

        return count;
    }

    private static Exception UnknownImage(CocoDetections detections, int index)
    {
        var problem = FormattableString.Invariant($"Expected the id of an image of the ground truth; it has no image {detections[index].ImageId}.");
        return detections.Path.Length > 0
            ? new CocoFormatException(detections.Path, detections.PlaceOf(index), FormattableString.Invariant($"$[{index}].image_id"), problem)
            : new ArgumentException(FormattableString.Invariant($"Detection {index}: {problem}"), nameof(detections));
    }
}
