using Cawb.Reports.Statistics;
using Cawb.Training.Comparison.Plans;

namespace Cawb.Training.Comparison.Reports;

/// <summary>What the runs say to a planned contrast: AP after the last epoch, the mean over its pairs, seed by seed.</summary>
/// <param name="Contrast">The question.</param>
/// <param name="Paired">Arms minus those that they are held against.</param>
/// <param name="HolmP">The test's p, corrected for the number of planned contrasts.</param>
public sealed record ContrastResult(PlannedContrast Contrast, PairedComparison Paired, double HolmP)
{
    /// <summary>Tests the planned contrasts of a comparison, each with the seeds that all of its arms have.</summary>
    /// <param name="results">Of the comparison.</param>
    /// <returns>In the order of the plan, without those that share no seed yet; these count for the correction all the same.</returns>
    public static IReadOnlyList<ContrastResult> Of(ComparisonResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var tested = results.Plan.Contrasts.Select(contrast => (Contrast: contrast, Paired: Over(results, contrast.Pairs))).ToArray();
        var corrected = HolmAdjustment.Of([.. tested.Select(one => one.Paired?.Test.TwoSidedP ?? 1)]);
        return [.. tested.Zip(corrected).Where(one => one.First.Paired is not null).Select(one => new ContrastResult(one.First.Contrast, one.First.Paired!, one.Second))];
    }

    /// <summary>The mean over pairs of arms, with the seeds that all of them have; null where there is none.</summary>
    internal static PairedComparison? Over(ComparisonResults results, IReadOnlyList<ContrastPair> pairs)
    {
        var runs = pairs.SelectMany(pair => new[] { pair.Arm, pair.Against }).Distinct(StringComparer.Ordinal).ToDictionary(name => name, name => results.Of(name).ToDictionary(run => run.Seed), StringComparer.Ordinal);
        int[] seeds = [.. results.Plan.Seeds.Where(seed => runs.Values.All(arm => arm.ContainsKey(seed)))];
        double Mean(int seed, Func<ContrastPair, string> side) => pairs.Average(pair => runs[side(pair)][seed].Summary.LastAveragePrecision);
        return seeds.Length == 0 ? null : PairedComparison.Of([.. seeds.Select(seed => Mean(seed, pair => pair.Arm))], [.. seeds.Select(seed => Mean(seed, pair => pair.Against))]);
    }
}
