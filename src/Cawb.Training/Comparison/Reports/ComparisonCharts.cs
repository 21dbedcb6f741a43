using Cawb.Reports.Charts;
using Cawb.Reports.Statistics;
using Cawb.Training.Runs;

namespace Cawb.Training.Comparison.Reports;

/// <summary>The pictures of a comparison.</summary>
internal static class ComparisonCharts
{
    /// <summary>Arm minus baseline with its interval, and each seed's difference.</summary>
    public static IntervalChart Differences(ComparisonResults results, IReadOnlyList<ArmComparison> arms) =>
        Intervals($"AP after the last epoch, difference to {results.Plan.Baseline}", [.. arms.Select(a => (a.ArmName, a.Paired))]);

    /// <summary>The planned contrasts with their intervals, and each seed's difference.</summary>
    public static IntervalChart Contrasts(IReadOnlyList<ContrastResult> contrasts) =>
        Intervals("AP after the last epoch, planned contrasts", [.. contrasts.Select(one => (one.Contrast.Name, one.Paired))]);

    /// <summary>A precision over the epochs: mean and standard deviation over the seeds.</summary>
    public static Chart? Precision(ComparisonResults results, string column, string name) =>
        OverSeeds(results, name, _ => ChartAxis.Linear("average precision"), metrics => metrics.Has(column) ? [column] : [], most: 1);

    /// <summary>A loss over the epochs: mean and standard deviation over the seeds.</summary>
    public static Chart? Loss(ComparisonResults results, string name, Func<MetricsColumns, IReadOnlyList<string>> terms) =>
        OverSeeds(results, name, RunCharts.Loss, metrics => terms(metrics.Columns), most: double.MaxValue);

    // Epoch by epoch, as far as all seeds of an arm got; an epoch in which a seed's value is not defined is left out. Null where no run has the quantity.
    private static Chart? OverSeeds(ComparisonResults results, string name, Func<IReadOnlyList<ChartSeries>, ChartAxis> axis, Func<MetricsTable, IReadOnlyList<string>> columns, double most)
    {
        var (series, hasBand) = (new List<ChartSeries>(), false);
        foreach (var arm in results.Plan.Arms)
        {
            var runs = results.Of(arm.Name).Select(r => RunCharts.Points(r.Metrics, columns(r.Metrics))).ToArray();
            var common = runs.SelectMany(r => r).GroupBy(point => point.Epoch, point => point.Value).Where(epoch => epoch.Count() == runs.Length).OrderBy(epoch => epoch.Key)
                .Select(epoch => (Epoch: epoch.Key, Summary: SampleSummary.Of([.. epoch]))).ToArray();
            if (common.Length == 0)
            {
                continue;
            }
            var line = ChartSeries.Line(arm.Name, [.. common.Select(c => c.Epoch)], [.. common.Select(c => c.Summary.Mean)]);
            hasBand |= runs.Length > 1;
            series.Add(runs.Length > 1 ? line.WithBand([.. common.Select(c => Edge(c.Summary, -1, most))], [.. common.Select(c => Edge(c.Summary, 1, most))]) : line);
        }
        return series.Count == 0 ? null : new Chart($"{name} over the epochs{(hasBand ? ", mean ± standard deviation over the seeds" : "")}", RunCharts.Epochs(1, series.Max(one => one.X.Span[^1])), axis(series), series)
            .WithMarkers(results.Plan.Arms.Where(a => series.Exists(s => s.Name == a.Name)).SelectMany(a => Events(results, a.Name)));
    }

    public static Chart LearningRates(ComparisonResults results, int mostSamples) =>
        RunCharts.LearningRate("Learning rate of every batch", results.Plan.Arms.Select(a => results.Setup.Curves[a.Name] with { Name = a.Name }), AxisScale.Linear, mostSamples);

    private static IntervalChart Intervals(string title, IReadOnlyList<(string Name, PairedComparison Paired)> rows) => new(
        title,
        rows.All(row => row.Paired.Differences.Count > 1) ? "difference in AP: mean with 95 % interval, small dots: seeds" : "difference in AP; with one seed there is no interval",
        rows.Select(row => new IntervalRow(row.Name, row.Paired.Summary.Mean, row.Paired.Interval.Lower, row.Paired.Interval.Upper, row.Paired.Differences)),
        hasZeroLine: true);

    // A precision lies between 0 and 1 and a loss is not negative, so the band ends there.
    private static double Edge(SampleSummary sample, int side, double most) => Math.Clamp(sample.Mean + side * sample.StandardDeviation, 0, most);

    private static IEnumerable<ChartMarker> Events(ComparisonResults results, string armName) =>
        RunCharts.Markers(results.Setup.Curves[armName] with { Name = armName }, isAlone: false);
}
