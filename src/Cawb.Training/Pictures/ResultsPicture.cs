using Cawb.Reports.Charts;
using Cawb.Reports.Drawings;
using Cawb.Training.Runs;

namespace Cawb.Training.Pictures;

/// <summary>The course of a run: losses of training and validation, precision, recall, AP, and the rates of all parameter groups.</summary>
public static class ResultsPicture
{
    /// <summary>The size of each chart.</summary>
    public static ChartSize Panel { get; } = new(460, 310);

    /// <summary>All charts in one picture.</summary>
    /// <param name="title">One line above it.</param>
    /// <param name="charts">From <see cref="Charts"/>.</param>
    public static Drawing Of(string title, IEnumerable<Chart> charts) => new DrawingGrid(title, columns: 3, charts.Select(chart => new ChartDrawing(chart, Panel)));

    /// <summary>A chart for each pair of quantities that the run has numbers of, and one of the rates.</summary>
    /// <param name="metrics">May have no row yet.</param>
    /// <param name="rates">Of every batch; null where they are not known.</param>
    public static IReadOnlyList<Chart> Charts(MetricsTable metrics, Chart? rates)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        Chart?[] all =
        [
            Course(metrics, "Box loss", RunCharts.Loss, ("training", MetricNames.BoxLoss), ("validation", MetricNames.ValidationBoxLoss)),
            Course(metrics, "Objectness loss", RunCharts.Loss, ("training", MetricNames.ObjectnessLoss), ("validation", MetricNames.ValidationObjectnessLoss)),
            Course(metrics, "Class loss", RunCharts.Loss, ("training", MetricNames.ClassLoss), ("validation", MetricNames.ValidationClassLoss)),
            Course(metrics, "Precision and recall", Unnamed, ("precision", MetricNames.Precision), ("recall", MetricNames.Recall)),
            Course(metrics, "Average precision (COCO)", Unnamed, ("AP50", MetricNames.AveragePrecision50), ("AP (IoU 0.50 to 0.95)", MetricNames.AveragePrecision)),
            rates,
        ];
        return [.. all.OfType<Chart>()];
    }

    /// <summary>Columns over the epochs. A number that is not defined leaves a gap; a chart without any number is none.</summary>
    private static Chart? Course(MetricsTable metrics, string title, Func<IReadOnlyList<ChartSeries>, ChartAxis> axis, params ReadOnlySpan<(string Name, string Column)> lines)
    {
        var epochs = metrics.Column(MetricNames.Epoch);
        var series = new List<ChartSeries>();
        foreach (var (name, column) in lines)
        {
            var points = RunCharts.Points(metrics, metrics.Has(column) ? [column] : []);
            if (points.Length > 0)
            {
                series.Add(ChartSeries.Line(name, [.. points.Select(point => point.Epoch)], [.. points.Select(point => point.Value)]));
            }
        }

        return series.Count > 0 ? new Chart(title, RunCharts.Epochs(epochs[0], epochs[^1]), axis(series), series) : null;
    }

    private static ChartAxis Unnamed(IReadOnlyList<ChartSeries> series) => ChartAxis.Linear("");
}
