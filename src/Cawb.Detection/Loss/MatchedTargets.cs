namespace Cawb.Detection.Loss;

/// <summary>Which cells of a batch's maps learn from which label; made by <see cref="DetectionLoss.Match"/>.</summary>
public sealed class MatchedTargets
{
    internal MatchedTargets(List<Assignment>[] rows, double[] own, double[] all) => (Rows, Own, All) = (rows, own, all);

    // By level.
    internal List<Assignment>[] Rows { get; }

    // Matched targets of each level, then images: of this rank, and of all.
    internal double[] Own { get; }

    internal double[] All { get; }
}
