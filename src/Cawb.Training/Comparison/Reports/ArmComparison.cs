using Cawb.Reports.Statistics;

namespace Cawb.Training.Comparison.Reports;

/// <summary>An arm held against the baseline, AP after the last epoch, seed by seed.</summary>
/// <param name="ArmName">The arm.</param>
/// <param name="Paired">Arm minus baseline.</param>
/// <param name="HolmP">The test's p, corrected for the number of arms that are held against the baseline.</param>
public sealed record ArmComparison(string ArmName, PairedComparison Paired, double HolmP)
{
    /// <summary>Holds every arm that shares a seed with the baseline against it.</summary>
    /// <param name="results">Of a comparison.</param>
    /// <returns>In the order of the arms; empty while nothing can be paired.</returns>
    public static IReadOnlyList<ArmComparison> Of(ComparisonResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var baseline = results.Plan.Baseline;
        var compared = results.Plan.Arms.Where(a => a.Name != baseline)
            .Select(a => (a.Name, Pairs: results.Pairs(a.Name, baseline)))
            .Where(a => a.Pairs.Count > 0)
            .Select(a => (a.Name, Paired: PairedComparison.Of(
                [.. a.Pairs.Select(p => p.Arm.Summary.LastAveragePrecision)],
                [.. a.Pairs.Select(p => p.Other.Summary.LastAveragePrecision)])))
            .ToArray();
        var corrected = HolmAdjustment.Of([.. compared.Select(c => c.Paired.Test.TwoSidedP)]);
        return [.. compared.Select((c, i) => new ArmComparison(c.Name, c.Paired, corrected[i]))];
    }
}
