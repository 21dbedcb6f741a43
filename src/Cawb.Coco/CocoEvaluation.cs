using System.Runtime.CompilerServices;
using Cawb.Coco.Evaluation;

namespace Cawb.Coco;

/// <summary>The numbers of one evaluation. Every figure lies in 0 to 1, or is -1 where there was nothing to find.</summary>
public sealed class CocoEvaluation
{
    private const int Cut100 = 2;

    private readonly MeasurementTable table;

    internal CocoEvaluation(CocoCategory[] categories, MeasurementTable table)
    {
        this.table = table;
        AveragePrecision = MeanPrecision(CocoArea.All);
        AveragePrecision50 = MeanPrecision(CocoArea.All, 0);
        AveragePrecision75 = MeanPrecision(CocoArea.All, 5);
        AveragePrecisionSmall = MeanPrecision(CocoArea.Small);
        AveragePrecisionMedium = MeanPrecision(CocoArea.Medium);
        AveragePrecisionLarge = MeanPrecision(CocoArea.Large);
        AverageRecall1 = MeanRecall(CocoArea.All, 0);
        AverageRecall10 = MeanRecall(CocoArea.All, 1);
        AverageRecall100 = MeanRecall(CocoArea.All, Cut100);
        AverageRecallSmall = MeanRecall(CocoArea.Small, Cut100);
        AverageRecallMedium = MeanRecall(CocoArea.Medium, Cut100);
        AverageRecallLarge = MeanRecall(CocoArea.Large, Cut100);
        Categories = Array.AsReadOnly(categories.Select((category, index) => new CocoCategoryEvaluation(this, category, index)).ToArray());
    }

    /// <summary>The overlaps that count as found: 0.50 to 0.95 in steps of 0.05.</summary>
    public static ReadOnlySpan<double> IouThresholds => CocoRules.IouThresholds;

    /// <summary>The recalls at which precision is sampled: 0 to 1 in steps of 0.01.</summary>
    public static ReadOnlySpan<double> RecallThresholds => CocoRules.RecallThresholds;

    /// <summary>The largest numbers of detections per image and category: 1, 10, 100.</summary>
    public static ReadOnlySpan<int> MaxDetections => CocoRules.MaxDetections;

    /// <summary>AP@[.50:.95]: the mean over all thresholds, recalls and categories; COCO's main figure.</summary>
    public double AveragePrecision { get; }

    /// <summary>AP at IoU 0.50.</summary>
    public double AveragePrecision50 { get; }

    /// <summary>AP at IoU 0.75.</summary>
    public double AveragePrecision75 { get; }

    /// <summary>AP of things up to 1,024 square pixels.</summary>
    public double AveragePrecisionSmall { get; }

    /// <summary>AP of things from 1,024 to 9,216 square pixels.</summary>
    public double AveragePrecisionMedium { get; }

    /// <summary>AP of things from 9,216 square pixels.</summary>
    public double AveragePrecisionLarge { get; }

    /// <summary>The part of things found, mean over thresholds and categories, with 1 detection per image and category.</summary>
    public double AverageRecall1 { get; }

    /// <summary>The same with 10 detections.</summary>
    public double AverageRecall10 { get; }

    /// <summary>The same with 100 detections.</summary>
    public double AverageRecall100 { get; }

    /// <summary>With 100 detections, things up to 1,024 square pixels.</summary>
    public double AverageRecallSmall { get; }

    /// <summary>With 100 detections, things from 1,024 to 9,216 square pixels.</summary>
    public double AverageRecallMedium { get; }

    /// <summary>With 100 detections, things from 9,216 square pixels.</summary>
    public double AverageRecallLarge { get; }

    /// <summary>The categories by class index, that is by ascending id.</summary>
    public IReadOnlyList<CocoCategoryEvaluation> Categories { get; }

    /// <summary>AP at one overlap, the mean over recalls and categories.</summary>
    /// <param name="iouIndex">Into <see cref="IouThresholds"/>.</param>
    /// <returns>0 to 1; -1 where nothing counts.</returns>
    public double AveragePrecisionAt(int iouIndex)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)iouIndex, (uint)CocoRules.IouThresholds.Length, nameof(iouIndex));
        return MeanPrecision(CocoArea.All, iouIndex);
    }

    /// <summary>Precision at the 101 recalls of <see cref="RecallThresholds"/>: one line of the reference's <c>precision</c> array.</summary>
    /// <param name="classIndex">The category by ascending id.</param>
    /// <param name="iouIndex">Into <see cref="IouThresholds"/>.</param>
    /// <param name="area">Which things count.</param>
    /// <param name="maxDetectionsIndex">Into <see cref="MaxDetections"/>.</param>
    /// <returns>(101) never rising; all -1 where nothing counts.</returns>
    public ReadOnlySpan<double> Precision(int classIndex, int iouIndex, CocoArea area = CocoArea.All, int maxDetectionsIndex = Cut100) =>
        Line(table.Precisions, classIndex, iouIndex, area, maxDetectionsIndex);

    /// <summary>The score down to which the detections reach each recall of <see cref="RecallThresholds"/>; 0 where they never do.</summary>
    /// <param name="classIndex">The category by ascending id.</param>
    /// <param name="iouIndex">Into <see cref="IouThresholds"/>.</param>
    /// <param name="area">Which things count.</param>
    /// <param name="maxDetectionsIndex">Into <see cref="MaxDetections"/>.</param>
    /// <returns>(101); all -1 where nothing counts.</returns>
    public ReadOnlySpan<double> Scores(int classIndex, int iouIndex, CocoArea area = CocoArea.All, int maxDetectionsIndex = Cut100) =>
        Line(table.Scores, classIndex, iouIndex, area, maxDetectionsIndex);

    /// <summary>The part of things found at each overlap of <see cref="IouThresholds"/>.</summary>
    /// <param name="classIndex">The category by ascending id.</param>
    /// <param name="area">Which things count.</param>
    /// <param name="maxDetectionsIndex">Into <see cref="MaxDetections"/>.</param>
    /// <returns>(10); all -1 where nothing counts.</returns>
    public ReadOnlySpan<double> Recall(int classIndex, CocoArea area = CocoArea.All, int maxDetectionsIndex = Cut100) =>
        table.Recalls.AsSpan(Cell(classIndex, area, maxDetectionsIndex), CocoRules.IouThresholds.Length);

    /// <summary>(10 x 101) with up to 100 detections.</summary>
    internal ReadOnlySpan<double> PrecisionAtAllThresholds(int classIndex, CocoArea area) =>
        table.Precisions.AsSpan(
            Cell(classIndex, area, Cut100) * CocoRules.RecallThresholds.Length,
            CocoRules.IouThresholds.Length * CocoRules.RecallThresholds.Length);

    private ReadOnlySpan<double> Line(double[] values, int classIndex, int iouIndex, CocoArea area, int maxDetectionsIndex)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)iouIndex, (uint)CocoRules.IouThresholds.Length, nameof(iouIndex));
        var recalls = CocoRules.RecallThresholds.Length;
        return values.AsSpan((Cell(classIndex, area, maxDetectionsIndex) + iouIndex) * recalls, recalls);
    }

    private int Cell(int classIndex, CocoArea area, int maxDetectionsIndex)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)classIndex, (uint)table.Categories, nameof(classIndex));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)area, (uint)CocoRules.Areas.Length, nameof(area));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)maxDetectionsIndex, (uint)CocoRules.MaxDetections.Length, nameof(maxDetectionsIndex));
        return table.Cell((int)area, maxDetectionsIndex, classIndex);
    }

    private double MeanPrecision(CocoArea area) => Mean(table.Precisions, area, Cut100, CocoRules.RecallThresholds.Length, 0, CocoRules.IouThresholds.Length);

    private double MeanPrecision(CocoArea area, int iouIndex) => Mean(table.Precisions, area, Cut100, CocoRules.RecallThresholds.Length, iouIndex, 1);

    private double MeanRecall(CocoArea area, int cut) => Mean(table.Recalls, area, cut, 1, 0, CocoRules.IouThresholds.Length);

    /// <summary>One mean over thresholds x samples x categories, in that order, because the order of summation shows in the last bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Mean(double[] values, CocoArea area, int cut, int samples, int firstThreshold, int thresholds)
    {
        var counting = new List<int>(table.Categories);
        for (var category = 0; category < table.Categories; category++)
        {
            var cell = table.Cell((int)area, cut, category);
            if (table.Recalls[cell] >= 0)
            {
                counting.Add((cell + firstThreshold) * samples);
            }
        }

        // Eight columns at a time: the values of a category are read line by line of the cache, and so are those of the copy.
        const int Tile = 8;
        var columns = thresholds * samples;
        var copy = GC.AllocateUninitializedArray<double>(checked(columns * counting.Count));
        for (var tile = 0; tile < columns; tile += Tile)
        {
            var end = Math.Min(tile + Tile, columns);
            for (var i = 0; i < counting.Count; i++)
            {
                for (var column = tile; column < end; column++)
                {
                    copy[(column * counting.Count) + i] = values[counting[i] + column];
                }
            }
        }

        return PairwiseMean.Of(copy);
    }
}
