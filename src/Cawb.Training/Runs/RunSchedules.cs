using Cawb.Reports.Charts;
using Cawb.Reports.Files;
using Cawb.Training.Loop;
using Cawb.Training.Options;

namespace Cawb.Training.Runs;

/// <summary>What a run trains with, as its directory alone tells: no data set is opened.</summary>
public static class RunSchedules
{
    // More of them would hide what lies under them.
    private const int MostDots = 100;

    /// <summary>Batches of an epoch, as the run's last checkpoint has them; null where it has none, because it is not begun or its numbers alone are left.</summary>
    /// <param name="record">Of the run.</param>
    public static int? BatchesPerEpoch(RunRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return BatchesPerEpoch(record.Path);
    }

    /// <summary>Batches of an epoch, as the last checkpoint of a run directory has them; null where it has none.</summary>
    /// <param name="directory">Of the run.</param>
    /// <exception cref="FileException">The checkpoint is damaged.</exception>
    public static int? BatchesPerEpoch(string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        return new CheckpointFolder(Path.Combine(directory, CheckpointFolder.FolderName)).Peek(RunDirectory.LastSlot) is { } checkpoint
            ? TrainingSession.PlanOf(checkpoint.StateJson).BatchesPerEpoch
            : null;
    }

    /// <summary>The schedules of rate, momentum and weight decay, warm-up included.</summary>
    /// <param name="record">Of the run.</param>
    /// <param name="batchesPerEpoch">1 or more.</param>
    /// <exception cref="InputException">Another version made the run.</exception>
    public static TrainingSchedules Of(RunRecord record, int batchesPerEpoch)
    {
        ArgumentNullException.ThrowIfNull(record);
        return TrainingSchedules.Of(TrainOptions.FromJson(record.Definition.OptionsJson, record.Path), ScheduleText.Parse(record.Definition.ScheduleJson), batchesPerEpoch);
    }

    /// <summary>The planned rates of all parameter groups; groups that go together are one curve.</summary>
    /// <param name="rates">One per group.</param>
    /// <param name="plan">Length of the run.</param>
    /// <param name="baseLearningRate">Of every group.</param>
    public static IReadOnlyList<LearningRateCurve> OfGroups(IReadOnlyList<Schedule> rates, TrainingPlan plan, double baseLearningRate)
    {
        ArgumentNullException.ThrowIfNull(rates);
        var groups = TrainingSchedules.GroupNames.Zip(rates).GroupBy(group => group.Second, group => group.First).ToArray();
        return [.. groups.Select(group => new LearningRateCurve(groups.Length == 1 ? "all groups" : string.Join(" and ", group), group.Key, plan, baseLearningRate))];
    }

    /// <summary>The rates of all parameter groups: as planned, batch by batch, where the run says how many batches an epoch has, and as applied in the last batch of each epoch.</summary>
    /// <param name="record">Of the run.</param>
    /// <param name="mostSamples">Of each curve, 1 or more.</param>
    /// <param name="note">Why there is no plan; empty where there is one.</param>
    /// <returns>Null where neither is known.</returns>
    public static Chart? Rates(RunRecord record, int mostSamples, out string note)
    {
        ArgumentNullException.ThrowIfNull(record);
        var planned = Planned(record, out note);
        var applied = Applied(record.Metrics, planned);
        if (planned.Count == 0)
        {
            return applied.Count > 0 ? new Chart("Learning rate of the last batch of each epoch", RunCharts.Epochs(0, applied.Max(one => one.X.Span[^1])), ChartAxis.Linear("learning rate"), applied) : null;
        }

        var chart = RunCharts.LearningRate("Learning rate of every batch", planned, AxisScale.Linear, mostSamples);
        return new Chart(chart.Title, chart.X, chart.Y, [.. chart.Series, .. applied]).WithMarkers(chart.Markers);
    }

    private static IReadOnlyList<LearningRateCurve> Planned(RunRecord record, out string note)
    {
        try
        {
            if (BatchesPerEpoch(record) is { } batches)
            {
                var driven = Of(record, batches);
                note = "";
                return OfGroups(driven.LearningRates, driven.Plan, driven.BaseLearningRate);
            }

            note = "The planned rates come with the first checkpoint, which says how many batches an epoch has.";
        }
        catch (Exception fault) when (BadInput.IsCause(fault))
        {
            note = $"The planned rates cannot be drawn. {fault.Message}";
        }

        return [];
    }

    // The rate of a row is that of the last batch before the epoch's end.
    private static List<ChartSeries> Applied(MetricsTable metrics, IReadOnlyList<LearningRateCurve> planned)
    {
        var lastBatch = planned.Count > 0 ? 1.0 / planned[0].Plan.BatchesPerEpoch : 0;
        (string Group, string Column)[] groups = [("biases", MetricNames.BiasLearningRate), ("kernels", MetricNames.LearningRate), ("scales", MetricNames.ScaleLearningRate)];
        var points = groups.Where(group => metrics.Has(group.Column)).Select(group => (group.Group, Points: RunCharts.Points(metrics, [group.Column]))).Where(group => group.Points.Length > 0).ToArray();
        var alike = points.GroupBy(group => string.Join(' ', group.Points.Select(point => BitConverter.DoubleToInt64Bits(point.Value))), StringComparer.Ordinal).ToArray();
        var series = new List<ChartSeries>();
        foreach (var group in alike)
        {
            var name = alike.Length == 1 ? "all groups" : string.Join(" and ", group.Select(one => one.Group));
            var shown = group.First().Points;
            double[] x = [.. shown.Select(point => point.Epoch - lastBatch)];
            double[] y = [.. shown.Select(point => point.Value)];
            var one = x.Length <= MostDots ? ChartSeries.Points(name + ", applied", x, y) : ChartSeries.Line(name + ", applied", x, y).Dashed();
            series.Add(planned.Any(curve => curve.Name == name) ? one.InColourOf(name) : one);
        }

        return series;
    }

    /// <summary>The planned rate of the kernels; null where it cannot be known: the run has no checkpoint, or options that this version does not know.</summary>
    /// <param name="name">As it stands in legends.</param>
    /// <param name="record">Of the run.</param>
    public static LearningRateCurve? Curve(string name, RunRecord record)
    {
        try
        {
            return BatchesPerEpoch(record) is { } batches && Of(record, batches) is var driven
                ? new LearningRateCurve(name, driven.LearningRates[ParameterGroups.Kernels], driven.Plan, driven.BaseLearningRate)
                : null;
        }
        catch (Exception fault) when (BadInput.IsCause(fault))
        {
            return null;
        }
    }
}
