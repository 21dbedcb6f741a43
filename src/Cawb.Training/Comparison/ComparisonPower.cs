using System.Globalization;
using Cawb.Reports.Statistics;

namespace Cawb.Training.Comparison;

/// <summary>How small a difference a comparison can show: before any run from a pilot's spread, afterwards from the spread that was seen.</summary>
public static class ComparisonPower
{
    /// <summary>Of a test's first error.</summary>
    public const double Level = 0.05;

    private const double Wanted = 0.8;

    /// <summary>What was meant by power.</summary>
    public const string Note =
        "Smallest true difference in AP that is found with a probability of 80 %: two-sided paired t-test (noncentral t) at 0.05 divided by the number of planned contrasts, the strictest step of Holm's correction. The sign-flip test has about the same power.";

    /// <summary>The smallest difference that a contrast of the plan can show.</summary>
    /// <param name="plan">Tells how many contrasts there are.</param>
    /// <param name="pairs">2 or more.</param>
    /// <param name="spread">Standard deviation of the differences, above 0.</param>
    public static double SmallestDifference(ComparisonPlan plan, int pairs, double spread)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return PairedPower.SmallestDifference(pairs, spread, Level / Math.Max(1, plan.Contrasts.Count), Wanted);
    }

    /// <summary>A sentence for each planned contrast with a pilot, for those who are about to spend the time.</summary>
    /// <param name="plan">What is to be compared.</param>
    public static IReadOnlyList<string> Before(ComparisonPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return [.. plan.Contrasts.Where(contrast => contrast.PilotSpread is not null).Select(contrast => Sentence(plan, contrast, contrast.PilotSpread ?? 0))];
    }

    private static string Sentence(ComparisonPlan plan, PlannedContrast contrast, double spread)
    {
        var fewest = SignFlipTest.FewestPairs(Level / plan.Contrasts.Count);
        return plan.Seeds.Count < fewest
            ? string.Create(CultureInfo.InvariantCulture, $"{contrast.Name}: {Counted.Of(plan.Seeds.Count, "seed")} cannot show a difference of any size; {fewest} are the fewest.")
            : string.Create(CultureInfo.InvariantCulture,
                $"{contrast.Name}: {Counted.Of(plan.Seeds.Count, "seed")} show a difference of {SmallestDifference(plan, plan.Seeds.Count, spread):0.0000} AP with a probability of 80 %, if differences spread by {spread:0.0000} as in the pilot.");
    }
}
