using System.Globalization;
using Cawb.Reports.Statistics;
using Cawb.Reports.Tables;
using Cawb.Training.Comparison.Plans;

namespace Cawb.Training.Comparison.Reports;

/// <summary>The verdict: what the numbers allow to say, and what not, in plain sentences.</summary>
public static class ComparisonConclusion
{
    /// <summary>Paragraphs of a few sentences: one for each planned contrast, one for what is exploratory, one on how far it goes. Without contrasts it is one.</summary>
    /// <param name="results">Of a comparison.</param>
    public static IReadOnlyList<string> Of(ComparisonResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var arms = ArmComparison.Of(results);
        var planned = ContrastResult.Of(results);
        if (arms.Count == 0 && planned.Count == 0)
        {
            return ["Nothing can be concluded yet: no arm shares a finished seed with the baseline."];
        }
        var reach = string.Join(' ', Reach(results, arms.Select(a => a.Paired).Concat(planned.Select(one => one.Paired)).Max(paired => paired.Differences.Count)));
        return results.Plan.Contrasts.Count > 0
            ? [.. Planned(results, planned), .. Exploratory(results.Plan, arms), reach]
            : [string.Join(' ', [.. Compared(results, arms), reach])];
    }

    // How far the numbers go.
    private static IEnumerable<string> Reach(ComparisonResults results, int seeds)
    {
        yield return $"This holds for {Counted.Of(seeds, "seed")} on {results.Plan.Data} with {Counted.Of(results.Plan.Epochs, "epoch")} a run, and says nothing about other data, models or budgets.";
        if (results.Plan.LeftOutContrasts.Count > 0)
        {
            yield return results.Plan.LeftOutWords;
        }
        if (!results.IsComplete)
        {
            yield return $"The comparison is not complete: {results.Runs.Count} of {Counted.Of(results.Plan.Arms.Count * results.Plan.Seeds.Count, "run is", "runs are")} done.";
        }
    }

    // The questions that were asked before any run, each with its answer.
    private static IEnumerable<string> Planned(ComparisonResults results, IReadOnlyList<ContrastResult> tested)
    {
        var fewest = ComparisonPower.FewestSeeds(results.Plan);
        foreach (var one in tested)
        {
            var answer = $"Planned, {one.Contrast.Name}: {ReportText.Difference(one.Paired.Summary.Mean)} AP ({Spread(one.Paired, one.HolmP, $" after Holm's correction for {Counted.Of(results.Plan.Contrasts.Count, "planned contrast")}")}): {Verdict(one, fewest)}.";
            var seeds = one.Paired.Differences.Count;
            yield return one.HolmP > ComparisonPower.Level && ComparisonPower.SmallestDifference(results.Plan, seeds, one.Paired.Summary.StandardDeviation) is { } smallest
                ? string.Create(CultureInfo.InvariantCulture, $"{answer} With this spread {Counted.Of(seeds, "seed")} show {smallest:0.0000} AP with a probability of 80 %; a smaller difference may be there and have been missed.")
                : answer;
        }
        foreach (var contrast in results.Plan.Contrasts.Where(contrast => tested.All(one => one.Contrast != contrast)))
        {
            yield return $"Planned, {contrast.Name}: nothing yet, its arms share no finished seed.";
        }
    }

    // Of few pairs even the clearest result cannot pass the test; a reader must know that this is not evidence of equality.
    private static string Verdict(ContrastResult one, int fewest) =>
        one.HolmP <= ComparisonPower.Level ? "a significant difference"
        : one.Paired.Differences.Count < fewest ? $"{Counted.Of(one.Paired.Differences.Count, "seed is", "seeds are")} too few to tell, {fewest} are the fewest"
        : "no significant difference";

    private static IEnumerable<string> Exploratory(ComparisonPlan plan, IReadOnlyList<ArmComparison> arms)
    {
        if (arms.MaxBy(arm => arm.Paired.Summary.Mean) is { } best)
        {
            yield return $"Everything else is exploratory: it was not asked before, and needs runs of its own to be believed. {Best(plan.Baseline, best)}, {ReportText.Difference(best.Paired.Summary.Mean)} AP{(best.Paired.Differences.Count > 1 ? $" (95 % interval {Interval(best.Paired)})" : "")}.";
        }
    }

    private static string Best(string baseline, ArmComparison best) =>
        best.Paired.Summary.Mean > 0 ? $"There the best beside {baseline} is {best.ArmName}" : $"There no arm is above {baseline}; nearest is {best.ArmName}";

    private static IEnumerable<string> Compared(ComparisonResults results, IReadOnlyList<ArmComparison> arms)
    {
        var certain = arms.Where(a => a.HolmP <= ComparisonPower.Level).ToArray();
        foreach (var arm in certain)
        {
            var direction = arm.Paired.Summary.Mean > 0 ? "above" : "below";
            yield return string.Create(CultureInfo.InvariantCulture,
                $"{arm.ArmName} ends {Math.Abs(arm.Paired.Summary.Mean):0.0000} AP {direction} {results.Plan.Baseline} (95 % interval {Interval(arm.Paired)}, p = {P(arm.HolmP)} after Holm's correction for {Counted.Of(arms.Count, "comparison")}).");
        }
        var open = arms.Where(a => a.HolmP > ComparisonPower.Level).ToArray();
        if (open.Length > 0)
        {
            yield return Undecided(open, certain.Length, results.Plan.Baseline);
            if (arms[0].Paired.Test.SmallestP * arms.Count > ComparisonPower.Level)
            {
                yield return TooFew(arms);
            }
        }
    }

    private static string Undecided(ArmComparison[] open, int certain, string baseline)
    {
        var widest = open.MaxBy(a => Math.Abs(a.Paired.Summary.Mean)) ?? open[0];
        var difference = ReportText.Difference(widest.Paired.Summary.Mean);
        var spread = Spread(widest.Paired, widest.HolmP, "");
        return open.Length == 1 ? $"{widest.ArmName} does not differ significantly from {baseline}: {difference} AP ({spread})."
            : $"{(certain > 0 ? $"The other {open.Length} arms do not differ" : "No arm differs")} significantly from {baseline}; the largest difference is {difference} AP for {widest.ArmName} ({spread}).";
    }

    // With few pairs even the clearest result cannot pass the test; a reader must know that this is not evidence of equality.
    private static string TooFew(IReadOnlyList<ArmComparison> arms) => string.Create(CultureInfo.InvariantCulture,
        $"{Counted.Of(arms.Max(a => a.Paired.Differences.Count), "seed is", "seeds are")} too few to reach p < {ComparisonPower.Level}; run at least {SignFlipTest.FewestPairs(ComparisonPower.Level / arms.Count)}.");

    // Of one pair nothing is known about the spread: no interval, and p is 1 whatever the difference.
    private static string Spread(PairedComparison paired, double p, string correction) =>
        paired.Differences.Count > 1 ? $"95 % interval {Interval(paired)}, p = {P(p)}{correction}" : "one seed, so its spread is unknown";

    private static string Interval(PairedComparison paired) => $"{ReportText.Difference(paired.Interval.Lower)} to {ReportText.Difference(paired.Interval.Upper)}";

    private static string P(double p) => p.ToString(p < 0.001 ? "0.0e-0" : "0.000", CultureInfo.InvariantCulture);
}
