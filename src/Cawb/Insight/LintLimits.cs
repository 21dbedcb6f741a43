namespace Cawb.Insight;

/// <summary>From where on <see cref="ScheduleInsight.Lint(Schedule, TrainingPlan, double, LintLimits)"/> complains.</summary>
public sealed record LintLimits
{
    /// <summary>Limits of one's own.</summary>
    /// <param name="highestRate">The highest learning rate that is still sensible, above 0. 1 suits SGD with momentum; Adam and its kin diverge well below, at about 0.01.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0.</exception>
    public LintLimits(double highestRate = 1) => HighestRate = Require.Positive(highestRate);

    /// <summary>For SGD with momentum: rates up to 1.</summary>
    public static LintLimits Default { get; } = new();

    /// <summary>The highest learning rate that is still sensible.</summary>
    public double HighestRate { get; }
}
