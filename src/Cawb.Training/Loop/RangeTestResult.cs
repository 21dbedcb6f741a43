using System.Globalization;

namespace Cawb.Training.Loop;

/// <summary>What a learning-rate range test found.</summary>
/// <remarks>
/// Source: Smith, Cyclical Learning Rates for Training Neural Networks, 2017 (arXiv:1506.01186). The suggestion is where the smoothed loss falls most steeply over the logarithm of
/// the rate, before its minimum: high enough to learn fast, with a margin to where training breaks down. Differs in the loss, which is divided by that of the starting weights on
/// the same batches: a detector learns little in a hundred steps, and how hard the batches are would hide it. A suggestion is given only where the loss falls by more than its
/// noise, and where its minimum lies inside the range: one at the edge may be a dip of the noise, or on the way to a lower one.
/// </remarks>
/// <param name="Points">In the order of the rates; one at least.</param>
/// <param name="IsDiverged">Whether the loss diverged before the last rate.</param>
/// <param name="Smoothing">Share of the past in the smoothed losses, 0 to 1, 1 excluded.</param>
public sealed record RangeTestResult(IReadOnlyList<RangeTestPoint> Points, bool IsDiverged, double Smoothing)
{
    // The average has settled after this many points; levels and slopes before say more about the first batches.
    private const int Settling = 5;

    // A fall of three per cent at least, and of four standard deviations of what noise is left after smoothing.
    private const double LeastFall = 0.03;
    private const double LeastFallInNoise = 4;

    // A minimum among the last ones of a range that did not end in divergence may be one of the noise.
    private const double EdgeShare = 0.05;

    // A slope is that of a line over this share of the points: between two neighbours it is noise.
    private const double SlopeShare = 0.05;

    /// <summary>The rate at the lowest smoothed loss; above it training begins to break down.</summary>
    public double LowestLossRate => Points[Lowest].LearningRate;

    /// <summary>The rate at the steepest fall before the lowest loss; null where <see cref="Doubt"/> says why there is none.</summary>
    public double? Suggestion => Doubt.Length == 0 ? Points[Steepest].LearningRate : null;

    /// <summary>Why nothing can be concluded, and what to do; empty where there is a suggestion.</summary>
    public string Doubt
    {
        get
        {
            var fall = Points.Take(Lowest + 1).Max(point => point.SmoothedLoss) - Points[Lowest].SmoothedLoss;
            if (Points[Lowest].SmoothedLoss > 1 - LeastFall)
            {
                return Text($"the loss fell by no more than {Math.Max(0, 1 - Points[Lowest].SmoothedLoss):0.0 %} of that of the starting weights. Fresh weights learn slowly: try more --points, or start from --weights.");
            }

            if (fall < LeastFallInNoise * Noise)
            {
                return Text($"the loss fell by {fall:0.000}, and its noise alone moves it by {2 * Noise:0.000}. More --points, or a larger --batch-size, leave less of it.");
            }

            if (!IsDiverged && Lowest >= Points.Count - Math.Max(2, (int)(EdgeShare * Points.Count)))
            {
                return Text($"the loss is lowest at {LowestLossRate:g3}, the edge of the range, which may be a dip of its noise or on the way to a lower loss. Raise --to, or take more --points.");
            }

            return Steepest < 0 ? "the loss is lowest among the first rates. Lower --from." : "";
        }
    }

    // Standard deviation of the smoothed loss about what it would be without noise: that of the differences between neighbours over the square root of 2, through an exponential average.
    private double Noise
    {
        get
        {
            var jumps = Points.Zip(Points.Skip(1), (before, after) => after.RelativeLoss - before.RelativeLoss).Take(Lowest).ToArray();
            return jumps.Length == 0 ? 0 : Math.Sqrt(jumps.Average(jump => jump * jump) / 2 * (1 - Smoothing) / (1 + Smoothing));
        }
    }

    private int Steepest
    {
        get
        {
            var (best, steepest, reach) = (-1, 0.0, Math.Max(1, (int)(SlopeShare * Points.Count / 2)));
            for (var i = Math.Max(Settling, reach); i < Lowest; i++)
            {
                var (before, after) = (Points[i - reach], Points[Math.Min(i + reach, Points.Count - 1)]);
                var slope = (after.SmoothedLoss - before.SmoothedLoss) / Math.Log(after.LearningRate / before.LearningRate);
                if (slope < steepest)
                {
                    (best, steepest) = (i, slope);
                }
            }

            return best;
        }
    }

    private int Lowest
    {
        get
        {
            var lowest = Math.Min(Settling, Points.Count - 1);
            for (var i = lowest + 1; i < Points.Count; i++)
            {
                lowest = Points[i].SmoothedLoss < Points[lowest].SmoothedLoss ? i : lowest;
            }

            return lowest;
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
