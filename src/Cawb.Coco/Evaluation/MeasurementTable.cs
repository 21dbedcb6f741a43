namespace Cawb.Coco.Evaluation;

/// <summary>Precision, score and recall by area, number of detections, category and overlap; -1 where nothing counts.</summary>
internal sealed class MeasurementTable
{
    public MeasurementTable(int categories)
    {
        Categories = categories;
        var cells = checked(CocoRules.Areas.Length * CocoRules.MaxDetections.Length * categories * CocoRules.IouThresholds.Length);

        // Every category's worker writes all of its part, so the memory is touched once, and by that worker.
        Precisions = GC.AllocateUninitializedArray<double>(checked(cells * CocoRules.RecallThresholds.Length));
        Scores = GC.AllocateUninitializedArray<double>(Precisions.Length);
        Recalls = GC.AllocateUninitializedArray<double>(cells);
    }

    public int Categories { get; }

    public double[] Precisions { get; }

    public double[] Scores { get; }

    public double[] Recalls { get; }

    /// <summary>Where the ten thresholds of a category start in <see cref="Recalls"/>; times 101 in the other two.</summary>
    public int Cell(int area, int maxDetections, int category) =>
        (((area * CocoRules.MaxDetections.Length) + maxDetections) * Categories + category) * CocoRules.IouThresholds.Length;
}
