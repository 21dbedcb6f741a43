namespace Cawb;

/// <summary>When a metric that no longer improves reduces the value, and by how much.</summary>
public sealed record PlateauRule
{
    /// <summary>A rule. The defaults are those of PyTorch's <c>ReduceLROnPlateau</c>.</summary>
    /// <param name="factor">What each reduction multiplies by, between 0 and 1, 1 excluded.</param>
    /// <param name="patience">Reports without improvement that are put up with; one more reduces. 0 or more.</param>
    /// <param name="goal">Which way the metric gets better.</param>
    /// <param name="threshold">How much better counts as better, 0 or above.</param>
    /// <param name="thresholdMode">A share of the best, or an amount.</param>
    /// <param name="cooldown">Reports after a reduction that count for nothing, 0 or more.</param>
    /// <param name="min">No reduction goes below this level of the group's base; what the schedule itself gives below it stays.</param>
    /// <param name="minChange">A reduction that would take less than this away is not made, 0 or above; PyTorch's <c>eps</c>, there 1e-8.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value outside its range.</exception>
    public PlateauRule(
        double factor = 0.1,
        int patience = 10,
        MetricGoal goal = MetricGoal.Minimize,
        double threshold = 1e-4,
        ThresholdMode thresholdMode = ThresholdMode.Relative,
        int cooldown = 0,
        Level min = default,
        double minChange = 0)
    {
        Factor = factor < 1 ? Require.Factor(factor) : throw new ArgumentOutOfRangeException(nameof(factor), $"Must be 0 or above and below 1; got {Require.Text(factor)}.");
        Patience = Require.AtLeast(patience, 0);
        Goal = Require.Defined(goal);
        Threshold = Require.NotNegative(threshold);
        ThresholdMode = Require.Defined(thresholdMode);
        Cooldown = Require.AtLeast(cooldown, 0);
        Min = min;
        MinChange = Require.NotNegative(minChange);
    }

    /// <summary>What each reduction multiplies by.</summary>
    public double Factor { get; }

    /// <summary>Reports without improvement that are put up with.</summary>
    public int Patience { get; }

    /// <summary>Which way the metric gets better.</summary>
    public MetricGoal Goal { get; }

    /// <summary>How much better counts as better.</summary>
    public double Threshold { get; }

    /// <summary>A share of the best, or an amount.</summary>
    public ThresholdMode ThresholdMode { get; }

    /// <summary>Reports after a reduction that count for nothing.</summary>
    public int Cooldown { get; }

    /// <summary>No reduction goes below this.</summary>
    public Level Min { get; }

    /// <summary>A reduction that would take less than this away, or as much, is not made.</summary>
    public double MinChange { get; }

    /// <summary>Whether a metric is better than the best so far. NaN never is.</summary>
    public bool IsBetter(double metric, double best)
    {
        var slack = ThresholdMode switch
        {
            ThresholdMode.Relative => Math.Abs(best) * Threshold,
            ThresholdMode.SignedRelative => best * Threshold,
            _ => Threshold,
        };
        // Before the first report the best is infinite, and infinity times a threshold of 0 is none.
        if (double.IsInfinity(best))
            return Goal == MetricGoal.Minimize ? metric < best : metric > best;
        return Goal == MetricGoal.Minimize ? metric < best - slack : metric > best + slack;
    }
}
