using Cawb.Insight;
using Cawb.Reports.Charts;
using Cawb.Training.Audit;

namespace Cawb.Web.Designer.Looking;

/// <summary>Rates that a run trained with, to lie over the planned ones.</summary>
/// <param name="Name">For the legend: the run or the file.</param>
/// <param name="Rates">As they were read.</param>
/// <param name="Count">How the file counts.</param>
public sealed record Overlay(string Name, AppliedRates Rates, AppliedCount Count)
{
    private readonly Dictionary<(string Column, Schedule Schedule, TrainingPlan Plan, double Base), (RateAudit Audit, ChartSeries? Series)> audits = [];

    /// <summary>A column held against a schedule.</summary>
    /// <param name="column">Of <see cref="Rates"/>.</param>
    /// <param name="schedule">What was planned.</param>
    /// <param name="plan">The run.</param>
    /// <param name="baseRate">Above 0.</param>
    /// <returns>What was found, and the values inside the run as dots; null where there are none.</returns>
    /// <exception cref="Training.InputException">A value lies before the first batch.</exception>
    public (RateAudit Audit, ChartSeries? Series) Of(AppliedColumn column, Schedule schedule, TrainingPlan plan, double baseRate)
    {
        ArgumentNullException.ThrowIfNull(column);
        ArgumentNullException.ThrowIfNull(plan);
        var key = (column.Name, schedule, plan, baseRate);
        if (!audits.TryGetValue(key, out var found))
        {
            audits.Clear();
            var audit = RateAudit.Of(new ScheduleAudit(plan, schedule, baseRate), Rates.Source, column, plan, Count);
            var inside = audit.Values.Where(value => value.Batch < plan.TotalBatches && double.IsFinite(value.Value)).ToList();
            var series = inside.Count == 0 ? null : ChartSeries.Points(
                $"{Name}: {column.Name}", [.. inside.Select(value => plan.EpochsFromBatches(value.Batch))], [.. inside.Select(value => value.Value)]);
            audits[key] = found = (audit, series);
        }

        return found;
    }
}
