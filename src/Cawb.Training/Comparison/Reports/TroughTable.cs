using System.Globalization;
using Cawb.Reports.Statistics;
using Cawb.Reports.Tables;
using Cawb.Training.Runs;

namespace Cawb.Training.Comparison.Reports;

/// <summary>What a run is worth that is ended at a trough: the precision of every arm at the epochs before boots.</summary>
internal static class TroughTable
{
    /// <summary>One row an arm, one column a trough, the end last; no rows where no arm is booted.</summary>
    public static TextTable Of(ComparisonResults results)
    {
        var plan = results.Plan;
        // The last whole epoch before each boot, and whose boot it is.
        var troughs = plan.Arms
            .SelectMany(arm => arm.Schedule.Events(plan.Epochs).Where(one => one.Kind == ScheduleEventKind.Boot && one.Epochs < plan.Epochs).Select(boot => (Epoch: (int)Math.Floor(boot.Epochs), arm.Name)))
            .Where(trough => trough.Epoch >= 1)
            .GroupBy(trough => trough.Epoch, trough => trough.Name)
            .OrderBy(group => group.Key)
            .ToArray();
        var table = new TextTable(["<arm", .. troughs.Select(trough => string.Create(CultureInfo.InvariantCulture, $"epoch {trough.Key}")), string.Create(CultureInfo.InvariantCulture, $"end, epoch {plan.Epochs}")]);
        foreach (var arm in troughs.Length > 0 ? plan.Arms : [])
        {
            var runs = results.Of(arm.Name);
            if (runs.Count > 0)
            {
                table.Add([arm.Name, .. troughs.Select(trough => At(runs, trough.Key) + (trough.Contains(arm.Name) ? " (its trough)" : "")), At(runs, plan.Epochs)]);
            }
        }

        return table;
    }

    private static string At(IReadOnlyList<FinishedRun> runs, int epoch)
    {
        double[] values = [.. runs.SelectMany(run => RunCharts.Points(run.Metrics, [MetricNames.AveragePrecision])).Where(point => point.Epoch == epoch).Select(point => point.Value)];
        return values.Length > 0 ? ComparisonTables.Spread(SampleSummary.Of(values)) : "";
    }
}
