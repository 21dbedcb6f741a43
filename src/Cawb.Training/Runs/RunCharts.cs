using System.Globalization;
using Cawb.Reports.Charts;

namespace Cawb.Training.Runs;

/// <summary>The pictures of runs.</summary>
public static class RunCharts
{
    private const string LossLabel = "loss";
    private const double MostSpan = 100;

    /// <summary>The learning rate of every batch, warm-up included, with the events of the schedules marked.</summary>
    /// <param name="title">One line above the plot; may be empty.</param>
    /// <param name="curves">At least one; names are unique.</param>
    /// <param name="scale">Of the vertical axis.</param>
    /// <param name="mostSamples">Of each curve, 1 or more; every event adds two.</param>
    public static Chart LearningRate(string title, IEnumerable<LearningRateCurve> curves, AxisScale scale, int mostSamples = CurvePoints.MostPoints)
    {
        LearningRateCurve[] all = [.. curves];
        if (all.Length == 0)
        {
            throw new ArgumentException("Name at least one schedule.", nameof(curves));
        }
        var end = all.Max(c => c.Plan.Epochs);
        var y = scale == AxisScale.Logarithmic ? ChartAxis.Logarithmic("learning rate") : ChartAxis.Linear("learning rate");
        return new Chart(title, Epochs(0, end), y, all.Select(curve => Series(curve, mostSamples)))
            .WithMarkers(all.SelectMany(c => Markers(c, isAlone: all.Length == 1)));
    }

    /// <summary>The axis of a loss: logarithmic where it spans so much that all but its highest values would lie on one line, as they do when a first epoch ends with weights that know nothing.</summary>
    /// <param name="series">All that share the axis.</param>
    public static ChartAxis Loss(IEnumerable<ChartSeries> series)
    {
        double[] values = [.. series.SelectMany(one => one.Y.ToArray())];
        return values.Min() > 0 && values.Max() > MostSpan * values.Min() ? ChartAxis.Logarithmic(LossLabel) : ChartAxis.Linear(LossLabel);
    }

    /// <summary>One quantity of several runs over their epochs.</summary>
    /// <param name="title">One line above the plot; may be empty.</param>
    /// <param name="axis">The vertical one, from all series.</param>
    /// <param name="runs">Name and numbers of each; names are unique.</param>
    /// <param name="columns">Of a run: those whose sum is the quantity; none where it does not record it.</param>
    /// <returns>Null where no run has recorded the quantity in any epoch.</returns>
    public static Chart? OverEpochs(string title, Func<IReadOnlyList<ChartSeries>, ChartAxis> axis, IEnumerable<KeyValuePair<string, MetricsTable>> runs, Func<MetricsTable, IReadOnlyList<string>> columns)
    {
        ArgumentNullException.ThrowIfNull(axis);
        ArgumentNullException.ThrowIfNull(columns);
        ChartSeries[] series = [.. runs.Select(run => (run.Key, Points: Points(run.Value, columns(run.Value)))).Where(run => run.Points.Length > 0)
            .Select(run => ChartSeries.Line(run.Key, [.. run.Points.Select(point => point.Epoch)], [.. run.Points.Select(point => point.Value)]))];
        return series.Length > 0 ? new Chart(title, Epochs(1, series.Max(one => one.X.Span[^1])), axis(series), series) : null;
    }

    /// <summary>The sum of some columns in every epoch where it is a number: what is not defined, such as an AP without labels, is left out.</summary>
    internal static (double Epoch, double Value)[] Points(MetricsTable metrics, IReadOnlyList<string> columns)
    {
        if (columns.Count == 0)
        {
            return [];
        }
        var values = columns.Select(metrics.Column).ToArray();
        return [.. metrics.Column(MetricNames.Epoch).Select((epoch, i) => (epoch, values.Sum(column => column[i]))).Where(point => double.IsFinite(point.Item2) && point.Item2 >= 0)];
    }

    /// <summary>The axis of epochs, marked at whole ones; a single epoch stands in its middle.</summary>
    /// <param name="first">0 for moments of a run, 1 for rows of its numbers.</param>
    /// <param name="last">Not before it.</param>
    public static ChartAxis Epochs(double first, double last) => ChartAxis.Linear("epoch").WithRange(first < last ? first : first - 1, first < last ? last : last + 1).InWholeNumbers();

    /// <summary>The events of a schedule as a chart marks them. A trough shares its moment with the boot after it and gets no mark of its own.</summary>
    /// <param name="curve">Whose schedule; its name is that of the series the events belong to.</param>
    /// <param name="isAlone">Whether the events belong to the whole chart.</param>
    internal static IEnumerable<ChartMarker> Markers(LearningRateCurve curve, bool isAlone) => Events(curve.Schedule, curve.Plan.Epochs)
        .Select(moment => isAlone ? ChartMarker.At(moment.Epochs, moment.What) : ChartMarker.Of(curve.Name, moment.Epochs, moment.What));

    /// <summary>The events of a schedule with their names. A trough shares its moment with the boot after it and is not named.</summary>
    /// <param name="schedule">Of the rate.</param>
    /// <param name="epochs">Length of the run.</param>
    public static IEnumerable<(double Epochs, string What)> Events(Schedule schedule, double epochs)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        return schedule.Events(epochs).Select(moment => (moment.Epochs, Name(moment, epochs))).Where(moment => moment.Item2.Length > 0);
    }

    private static string Name(ScheduleEvent moment, double epochs) => moment.Kind switch
    {
        ScheduleEventKind.WarmupEnd => "warm-up end",
        ScheduleEventKind.Boot => string.Create(CultureInfo.InvariantCulture, $"boot {moment.Index + 1}"),
        ScheduleEventKind.Restart => string.Create(CultureInfo.InvariantCulture, $"restart {moment.Index + 1}"),
        ScheduleEventKind.Phase => string.Create(CultureInfo.InvariantCulture, $"phase {moment.Index + 1}"),
        ScheduleEventKind.End when moment.Epochs < epochs => "end",
        _ => "",
    };

    private static ChartSeries Series(LearningRateCurve curve, int mostSamples)
    {
        var points = CurvePoints.Of(curve.Schedule, curve.Plan, curve.BaseLearningRate, mostSamples);
        return ChartSeries.Steps(curve.Name, points.Epochs, points.Values);
    }
}
