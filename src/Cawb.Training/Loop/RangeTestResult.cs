namespace Cawb.Training.Loop;

/// <summary>What a learning-rate range test found.</summary>
/// <remarks>
/// Source: Smith, Cyclical Learning Rates for Training Neural Networks, 2017 (arXiv:1506.01186). The suggestion is where the smoothed loss falls most steeply over the logarithm of
/// the rate, before its minimum: high enough to learn fast, with a margin to where training breaks down. Differs in the loss, which is divided by that of the starting weights on
/// the same batches: a detector learns little in a hundred steps, and how hard the batches are would hide it.
/// </remarks>
/// <param name="Points">In the order of the rates; one at least.</param>
/// <param name="IsDiverged">Whether the loss ran away before the last rate.</param>
public sealed record RangeTestResult(IReadOnlyList<RangeTestPoint> Points, bool IsDiverged)
{
    // The average has settled after this many points; slopes before say more about the first batches.
    private const int Settling = 5;

    // What is left of the noise after smoothing is a fall of a per cent or two.
    private const double LeastFall = 0.03;

    /// <summary>The rate at the lowest smoothed loss; above it training begins to break down.</summary>
    public double LowestLossRate => Points[Lowest].LearningRate;

    /// <summary>The rate at the steepest fall before the lowest loss; null when the loss did not fall by 3 % of that of the starting weights.</summary>
    public double? Suggestion
    {
        get
        {
            if (Points[Lowest].SmoothedLoss > 1 - LeastFall)
            {
                return null;
            }

            var (best, steepest) = (-1, 0.0);
            for (var i = Settling; i < Lowest; i++)
            {
                var slope = (Points[i + 1].SmoothedLoss - Points[i - 1].SmoothedLoss) / Math.Log(Points[i + 1].LearningRate / Points[i - 1].LearningRate);
                if (slope < steepest)
                {
                    (best, steepest) = (i, slope);
                }
            }

            return best < 0 ? null : Points[best].LearningRate;
        }
    }

    private int Lowest
    {
        get
        {
            var lowest = 0;
            for (var i = 1; i < Points.Count; i++)
            {
                lowest = Points[i].SmoothedLoss < Points[lowest].SmoothedLoss ? i : lowest;
            }

            return lowest;
        }
    }
}
