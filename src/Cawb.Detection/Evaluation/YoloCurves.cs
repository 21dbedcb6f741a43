namespace Cawb.Detection.Evaluation;

/// <summary>The curves of one class, or the mean of several, at IoU 0.50, by YOLOv5's own rule.</summary>
/// <param name="Precision">At each of <see cref="Positions"/> as the lowest confidence that counts.</param>
/// <param name="Recall">Likewise.</param>
/// <param name="PrecisionOverRecall">The envelope of precision at each of <see cref="Positions"/> as recall.</param>
public sealed record YoloCurves(IReadOnlyList<double> Precision, IReadOnlyList<double> Recall, IReadOnlyList<double> PrecisionOverRecall)
{
    internal const int Count = 1000;

    /// <summary>1,000 even steps from 0 to 1.</summary>
    public static IReadOnlyList<double> Positions { get; } = [.. Enumerable.Range(0, Count).Select(i => i / (Count - 1.0))];

    /// <summary><c>2 P R / (P + R)</c>; 0 where both are.</summary>
    public IReadOnlyList<double> F1 { get; } = [.. Precision.Zip(Recall, (precision, recall) => precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0)];

    /// <summary>The mean at every position.</summary>
    /// <param name="classes">Of which; zeros where there are none.</param>
    /// <param name="curve">Which of the curves.</param>
    public static double[] Mean(IReadOnlyList<YoloCurves> classes, Func<YoloCurves, IReadOnlyList<double>> curve)
    {
        var mean = new double[Count];
        foreach (var values in classes.Select(curve))
        {
            for (var i = 0; i < Count; i++)
            {
                mean[i] += values[i] / classes.Count;
            }
        }

        return mean;
    }
}
