using System.Globalization;
using Cawb.Reports.Tables;

namespace Cawb.Training.Comparison;

/// <summary>The verdict: what the numbers allow to say, and what not, in plain sentences.</summary>
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
                $"{arm.ArmName} ends {Math.Abs(arm.Paired.Summary.Mean):0.0000} AP {direction} {results.Plan.Baseline} (95 % interval {Interval(arm)}, p = {P(arm.HolmP)} after Holm's correction for {Counted.Of(arms.Count, "comparison")})."));
        }
        var open = arms.Where(a => a.HolmP > Level).ToArray();
        if (open.Length > 0)
        {
            sentences.Add(Undecided(open, certain.Length, results.Plan.Baseline));
            AddPower(sentences, arms);
        }
        sentences.Add($"This holds for {Counted.Of(arms.Max(a => a.Paired.Differences.Count), "seed")} on {results.Plan.Data} with {Counted.Of(results.Plan.Epochs, "epoch")} a run, and says nothing about other data, models or budgets.");
        if (!results.IsComplete)
        {
            sentences.Add($"The comparison is not complete: {results.Runs.Count} of {Counted.Of(results.Plan.Arms.Count * results.Plan.Seeds.Count, "run is", "runs are")} done.");
        }
        return string.Join(' ', sentences);
    }

    private static string Undecided(ArmComparison[] open, int certain, string baseline)
    {
        var widest = open.MaxBy(a => Math.Abs(a.Paired.Summary.Mean)) ?? open[0];
        var difference = ReportText.Difference(widest.Paired.Summary.Mean);
        // Of one pair nothing is known about the spread: no interval, and p is 1 whatever the difference.
        var spread = widest.Paired.Differences.Count > 1 ? $"95 % interval {Interval(widest)}, p = {P(widest.HolmP)}" : "one seed, so its spread is unknown";
        return open.Length == 1 ? $"{widest.ArmName} does not differ significantly from {baseline}: {difference} AP ({spread})."
            : $"{(certain > 0 ? $"The other {open.Length} arms do not differ" : "No arm differs")} significantly from {baseline}; the largest difference is {difference} AP for {widest.ArmName} ({spread}).";
    }

    // With few pairs even the clearest result cannot pass the test; a reader must know that this is not evidence of equality.
    private static void AddPower(List<string> sentences, IReadOnlyList<ArmComparison> arms)
    {
        var pairs = arms.Max(a => a.Paired.Differences.Count);
        if (arms[0].Paired.Test.SmallestP * arms.Count <= Level)
        {
            return;
        }
        var needed = pairs;
        while (Math.ScaleB(2, -needed) * arms.Count > Level)
        {
            needed++;
        }
        sentences.Add(string.Create(CultureInfo.InvariantCulture, $"{Counted.Of(pairs, "seed is", "seeds are")} too few to reach p < {Level}; run at least {needed}."));
    }

    private static string Interval(ArmComparison arm) => $"{ReportText.Difference(arm.Paired.Interval.Lower)} to {ReportText.Difference(arm.Paired.Interval.Upper)}";

    private static string P(double p) => p.ToString(p < 0.001 ? "0.0e-0" : "0.000", CultureInfo.InvariantCulture);
}
