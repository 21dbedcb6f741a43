using System.Globalization;
using Cawb.Reports.Statistics;
using Cawb.Training.Comparison.Plans;

namespace Cawb.Training.Comparison.Reports;

/// <summary>How small a difference a comparison can show: before any run from a pilot's spread, afterwards from the spread that was seen.</summary>
public static class ComparisonPower
{
    /// <summary>Of a test's first error.</summary>
    public const double Level = 0.05;

    private const double Wanted = 0.8;

    /// <summary>What was meant by power.</summary>
    public const string Note =
        "Smallest true difference in AP that is found with a probability of 80 %: two-sided paired t-test (noncentral t) at 0.05 divided by the number of planned contrasts, the strictest step of Holm's correction. The sign-flip test has about the same power.";

    /// <summary>The fewest seeds with which a planned contrast can be significant, whatever the numbers.</summary>
    /// <param name="plan">Has contrasts.</param>
    public static int FewestSeeds(ComparisonPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return SignFlipTest.FewestPairs(LevelOf(plan));
    }

    /// <summary>The smallest difference that a contrast of the plan can show; null where there are too few seeds for any, or no spread is known.</summary>
    /// <param name="plan">Has contrasts.</param>
    /// <param name="seeds">How many.</param>
    /// <param name="spread">Standard deviation of the differences.</param>
    public static double? SmallestDifference(ComparisonPlan plan, int seeds, double? spread) =>
        seeds >= FewestSeeds(plan) && spread is > 0 and var known ? PairedPower.SmallestDifference(seeds, known, LevelOf(plan), Wanted) : null;

    /// <summary>A sentence for each planned contrast, for those who are about to spend the time.</summary>
    /// <param name="plan">What is to be compared.</param>
    public static IReadOnlyList<string> Before(ComparisonPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return [.. plan.Contrasts.Select(contrast => $"{contrast.Name}: {Shown(plan, contrast.PilotSpread)}")];
    }

    private static double LevelOf(ComparisonPlan plan) => Level / Math.Max(1, plan.Contrasts.Count);

    private static string Shown(ComparisonPlan plan, double? spread)
    {
        var seeds = Counted.Of(plan.Seeds.Count, "seed");
        if (plan.Seeds.Count < FewestSeeds(plan))
        {
            return $"{seeds} cannot show a difference of any size; {FewestSeeds(plan)} are the fewest.";
        }

        return SmallestDifference(plan, plan.Seeds.Count, spread) is { } difference
            ? string.Create(CultureInfo.InvariantCulture, $"{seeds} show a difference of {difference:0.0000} AP with a probability of 80 %, if differences spread by {spread:0.0000} as in the pilot.")
            : $"how small a difference {seeds} can show is not known before they are done; with the spread of a pilot in the plan (pilotSpread) it would be.";
    }
}
