using Cawb.Reports.Charts;
using Cawb.Reports.Statistics;
using Cawb.Training.Runs;

namespace Cawb.Training.Comparison;

/// <summary>The pictures of a comparison.</summary>
internal static class ComparisonCharts
{
    /// <summary>Arm minus baseline with its interval, and each seed's difference.</summary>
    public static IntervalChart Differences(ComparisonResults results, IReadOnlyList<ArmComparison> arms) => new(
        $"AP after the last epoch, difference to {results.Plan.Baseline}",
        "difference in AP: mean with 95 % interval, small dots: seeds",
        arms.Select(a => new IntervalRow(a.ArmName, a.Paired.Summary.Mean, a.Paired.Interval.Lower, a.Paired.Interval.Upper, a.Paired.Differences)),
        hasZeroLine: true);

    /// <summary>Mean and standard deviation over the seeds, epoch by epoch, as far as all seeds of an arm got.</summary>
    public static Chart Precision(ComparisonResults results, string column, string title)
    {
        var series = new List<ChartSeries>();
        foreach (var arm in results.Plan.Arms)
        {
            var runs = results.Of(arm.Name);
            if (runs.Count == 0)
            {
                continue;
            }
            var columns = runs.Select(r => r.Metrics.Column(column)).ToArray();
            var epochs = runs[0].Metrics.Column(MetricNames.Epoch)[..columns.Min(c => c.Length)];
            var summaries = epochs.Select((_, i) => SampleSummary.Of([.. columns.Select(c => c[i])])).ToArray();
            var line = ChartSeries.Line(arm.Name, epochs, [.. summaries.Select(s => s.Mean)]);
            series.Add(runs.Count > 1 ? line.WithBand([.. summaries.Select(s => Edge(s, -1))], [.. summaries.Select(s => Edge(s, 1))]) : line);
        }
        return new Chart(title, RunCharts.Epochs(1, series.Max(one => one.X.Span[^1])), ChartAxis.Linear("average precision"), series)
            .WithMarkers(results.Plan.Arms.Where(a => series.Exists(s => s.Name == a.Name)).SelectMany(a => Events(results, a.Name)));
    }

    public static Chart LearningRates(ComparisonResults results) =>
        RunCharts.LearningRate("Learning rate of every batch", results.Plan.Arms.Select(a => results.Setup.Curves[a.Name] with { Name = a.Name }), AxisScale.Linear);

    // A precision lies between 0 and 1, so the band ends there.
    private static double Edge(SampleSummary sample, int side) => Math.Clamp(sample.Mean + side * sample.StandardDeviation, 0, 1);

    private static IEnumerable<ChartMarker> Events(ComparisonResults results, string armName) =>
        RunCharts.Markers(results.Setup.Curves[armName] with { Name = armName }, isAlone: false);
}
