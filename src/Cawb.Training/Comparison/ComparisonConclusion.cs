using System.Globalization;
using Cawb.Reports.Tables;

namespace Cawb.Training.Comparison;

/// <summary>The plain sentences at the end: what the numbers allow to say, and what not.</summary>
public static class ComparisonConclusion
{
    private const double Level = 0.05;

    /// <summary>A few sentences.</summary>
    /// <param name="results">Of a comparison.</param>
    public static string Of(ComparisonResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var arms = ArmComparison.Of(results);
        if (arms.Count == 0)
        {
            return "Nothing can be concluded yet: no arm shares a finished seed with the baseline.";
        }
        var sentences = new List<string>();
        var certain = arms.Where(a => a.HolmP <= Level).ToArray();
        foreach (var arm in certain)
        {
            var direction = arm.Paired.Summary.Mean > 0 ? "above" : "below";
            sentences.Add(string.Create(CultureInfo.InvariantCulture,
                $"{arm.ArmName} ends {Math.Abs(arm.Paired.Summary.Mean):0.0000} AP {direction} {results.Plan.Baseline} (95 % interval {Interval(arm)}, p = {P(arm.HolmP)} after Holm's correction for {Count(arms.Count, "comparison")})."));
        }
        var open = arms.Where(a => a.HolmP > Level).ToArray();
        if (open.Length > 0)
        {
            var widest = open.MaxBy(a => Math.Abs(a.Paired.Summary.Mean)) ?? open[0];
            var subject = open.Length == 1 ? widest.ArmName : certain.Length > 0 ? $"The other {open.Length} arms" : $"None of the {open.Length} arms";
            var verb = open.Length == 1 || certain.Length > 0 ? "cannot be told from" : "can be told from";
            sentences.Add(string.Create(CultureInfo.InvariantCulture,
                $"{subject} {verb} {results.Plan.Baseline} by these runs; the largest difference is {ReportText.Difference(widest.Paired.Summary.Mean)} AP for {widest.ArmName} (95 % interval {Interval(widest)}, p = {P(widest.HolmP)})."));
            AddPower(sentences, arms);
        }
        sentences.Add($"This holds for {Count(arms.Max(a => a.Paired.Differences.Count), "seed")} on {results.Plan.Data} with {Count(results.Plan.Epochs, "epoch")} a run, and says nothing about other data, models or budgets.");
        if (!results.IsComplete)
        {
            sentences.Add($"The comparison is not complete: {results.Runs.Count} of {results.Plan.Arms.Count * results.Plan.Seeds.Count} runs are done.");
        }
        return string.Join(' ', sentences);
    }

    // With few pairs even the clearest result cannot pass the test; a reader must know that this is not evidence of equality.
    private static void AddPower(List<string> sentences, IReadOnlyList<ArmComparison> arms)
    {
        var pairs = arms.Max(a => a.Paired.Differences.Count);
        var smallest = Math.Min(1, arms[0].Paired.Test.SmallestP * arms.Count);
        if (smallest > Level)
        {
            var needed = pairs;
            while (Math.ScaleB(2, -needed) * arms.Count > Level)
            {
                needed++;
            }
            sentences.Add(string.Create(CultureInfo.InvariantCulture,
                $"With {Count(pairs, "seed")} no result could have: the test's smallest p is {P(smallest)} after correction, and {needed} seeds are the least that can reach {Level}."));
        }
    }

    private static string Interval(ArmComparison arm) => $"{ReportText.Difference(arm.Paired.Interval.Lower)} to {ReportText.Difference(arm.Paired.Interval.Upper)}";

    private static string P(double p) => p.ToString(p < 0.001 ? "0.0e-0" : "0.000", CultureInfo.InvariantCulture);

    private static string Count(int number, string thing) => string.Create(CultureInfo.InvariantCulture, $"{number} {thing}{(number == 1 ? "" : "s")}");
}
