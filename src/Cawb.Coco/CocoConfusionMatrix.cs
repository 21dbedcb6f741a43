using System.Runtime.InteropServices;
using Cawb.Coco.Evaluation;

namespace Cawb.Coco;

/// <summary>How often each class was taken for each other, missed, or found where nothing is.</summary>
/// <remarks>
/// In every image the detections of at least the asked score and the annotations that are no crowds are paired regardless of their classes: of all
/// pairs that overlap enough the one with the highest overlap first, each box in one pair at most; of equal overlaps the higher score, then the earlier
/// detection, then the annotation of the lower class index, then the earlier one. What remains is a miss or a false alarm; a false alarm that lies in
/// a crowd to that extent is left out.
/// There is no standard for this matrix: COCO's tool has none.
/// </remarks>
public sealed class CocoConfusionMatrix
{
    private readonly int[] counts;

    private CocoConfusionMatrix(CocoCategory[] categories)
    {
        Categories = Array.AsReadOnly(categories);
        counts = new int[checked((categories.Length + 1) * (categories.Length + 1))];
    }

    /// <summary>The classes by class index.</summary>
    public IReadOnlyList<CocoCategory> Categories { get; }

    /// <summary>The index that stands for "nothing" in both directions: the number of classes.</summary>
    public int Background => Categories.Count;

    /// <summary>How many things of one class were found as another.</summary>
    /// <param name="trueClass">The class index, or <see cref="Background"/> for false alarms.</param>
    /// <param name="foundClass">The class index, or <see cref="Background"/> for misses.</param>
    public int this[int trueClass, int foundClass]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)trueClass, (uint)Background, nameof(trueClass));
            ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)foundClass, (uint)Background, nameof(foundClass));
            return counts[Cell(trueClass, foundClass)];
        }
    }

    /// <summary>Pairs and counts.</summary>
    /// <param name="groundTruth">Images, annotations and categories.</param>
    /// <param name="detections">What was found on the images; those of unknown categories are left out.</param>
    /// <param name="minScore">Detections below this are left out; YOLOv5 draws its own matrix at 0.25.</param>
    /// <param name="minIou">Lowest overlap of a pair, more than 0 and up to 1.</param>
    /// <returns>The counts.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The overlap is out of range, or a number is NaN.</exception>
    /// <exception cref="CocoFormatException">A detection read from a file names an image that the ground truth lacks.</exception>
    /// <exception cref="ArgumentException">The same for a detection made in memory.</exception>
    public static CocoConfusionMatrix Count(CocoDataset groundTruth, CocoDetections detections, double minScore = 0.25, double minIou = 0.5)
    {
        if (!double.IsFinite(minScore))
        {
            throw new ArgumentOutOfRangeException(nameof(minScore), minScore, "Must be a finite number.");
        }

        if (!(minIou is > 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(minIou), minIou, "Must be more than 0 and at most 1.");
        }

        var truth = GroundTruthTable.From(groundTruth);
        var found = DetectionTable.From(detections, truth);
        var truthOf = ByImage(truth.CategoryStarts, truth.Images.Count, row => truth.Image[row]);
        var foundOf = ByImage(found.CategoryStarts, truth.Images.Count, row => found.Image[row]);
        var matrix = new CocoConfusionMatrix(groundTruth.ByClassIndex());
        for (var image = 0; image < truth.Images.Count; image++)
        {
            foundOf[image].RemoveAll(entry => found.Score[entry.Row] < minScore);
            matrix.CountImage(truth, found, truthOf[image], foundOf[image], minIou);
        }

        return matrix;
    }

    private static List<(int Row, int Class)>[] ByImage(int[] categoryStarts, int images, Func<int, int> imageOf)
    {
        var rows = new List<(int, int)>[images];
        for (var image = 0; image < images; image++)
        {
            rows[image] = [];
        }

        for (var category = 0; category + 1 < categoryStarts.Length; category++)
        {
            for (var row = categoryStarts[category]; row < categoryStarts[category + 1]; row++)
            {
                rows[imageOf(row)].Add((row, category));
            }
        }

        return rows;
    }

    private void CountImage(GroundTruthTable truth, DetectionTable found, List<(int Row, int Class)> labels, List<(int Row, int Class)> finds, double minIou)
    {
        var pairs = new List<(double Iou, double Score, int Item, int Find, int Label)>();
        for (var find = 0; find < finds.Count; find++)
        {
            var row = finds[find].Row;
            for (var label = 0; label < labels.Count; label++)
            {
                var iou = BoxOverlap.Iou(found.Box[row], truth.Box[labels[label].Row], truth.IsCrowd[labels[label].Row]);
                if (iou >= minIou)
                {
                    pairs.Add((iou, found.Score[row], found.Item[row], find, label));
                }
            }
        }

        pairs.Sort(BestFirst);
        var isTaken = new bool[labels.Count];
        var isPaired = new bool[finds.Count];
        var liesInCrowd = new bool[finds.Count];
        foreach (var (_, _, _, find, label) in CollectionsMarshal.AsSpan(pairs))
        {
            if (truth.IsCrowd[labels[label].Row])
            {
                liesInCrowd[find] = true;
            }
            else if (!isTaken[label] && !isPaired[find])
            {
                isTaken[label] = true;
                isPaired[find] = true;
                counts[Cell(labels[label].Class, finds[find].Class)]++;
            }
        }

        for (var label = 0; label < labels.Count; label++)
        {
            counts[Cell(labels[label].Class, Background)] += isTaken[label] || truth.IsCrowd[labels[label].Row] ? 0 : 1;
        }

        for (var find = 0; find < finds.Count; find++)
        {
            counts[Cell(Background, finds[find].Class)] += isPaired[find] || liesInCrowd[find] ? 0 : 1;
        }
    }

    private static int BestFirst((double Iou, double Score, int Item, int Find, int Label) a, (double Iou, double Score, int Item, int Find, int Label) b)
    {
        var order = b.Iou.CompareTo(a.Iou);
        order = order != 0 ? order : b.Score.CompareTo(a.Score);
        order = order != 0 ? order : a.Item.CompareTo(b.Item);
        return order != 0 ? order : a.Label.CompareTo(b.Label);
    }

    private int Cell(int trueClass, int foundClass) => (trueClass * (Categories.Count + 1)) + foundClass;
}
