namespace Cawb.Insight;

/// <summary>Questions about a schedule: why a value, what looks wrong, what it comes to.</summary>
public static class ScheduleInsight
{
    /// <summary>A number as explanations and findings show it: six significant digits, <c>1e-05</c> for small ones.</summary>
    /// <param name="value">Any.</param>
    public static string Number(double value) => InsightText.Number(value);

    /// <summary>Why a schedule has the value that it has at a moment: which segment, which formula, with which numbers.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="epochs">Time in epochs, 0 or later.</param>
    /// <param name="baseValue">The parameter group's base value; 1 shows factors.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative or not finite.</exception>
    public static ScheduleExplanation Explain(this Schedule schedule, double epochs, double baseValue = 1) =>
        Explainer.Explain(Require.NotNull(schedule), Require.NotNegative(epochs), Require.Finite(baseValue));

    /// <summary>What a schedule comes to over a run.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="plan">The run. Each of its batches is evaluated twice, unless the schedule knows to be constant there.</param>
    /// <param name="baseValue">The parameter group's base value; 1 gives factors.</param>
    public static ScheduleMetrics Metrics(this Schedule schedule, TrainingPlan plan, double baseValue = 1) =>
        new(Require.NotNull(schedule), Require.NotNull(plan), Require.Finite(baseValue));

    /// <summary>What looks wrong with a schedule in a run, in order of time; no limits on rates, because no base rate is known.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="plan">The run.</param>
    public static IReadOnlyList<LintFinding> Lint(this Schedule schedule, TrainingPlan plan) =>
        new ScheduleLint(Require.NotNull(schedule), Require.NotNull(plan), baseRate: 1, limits: null).Findings();

    /// <summary>What looks wrong with a schedule of learning rates in a run, in order of time.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="plan">The run.</param>
    /// <param name="baseRate">The base learning rate, above 0.</param>
    /// <param name="limits">From where on to complain.</param>
    public static IReadOnlyList<LintFinding> Lint(this Schedule schedule, TrainingPlan plan, double baseRate, LintLimits limits) =>
        new ScheduleLint(Require.NotNull(schedule), Require.NotNull(plan), Require.Positive(baseRate), Require.NotNull(limits)).Findings();
}
