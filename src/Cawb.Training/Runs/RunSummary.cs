namespace Cawb.Training.Runs;

/// <summary>A run in one line.</summary>
/// <param name="Epochs">Number of finished epochs.</param>
/// <param name="LastAveragePrecision">AP after the last epoch.</param>
/// <param name="LastAveragePrecision50">AP50 after the last epoch.</param>
/// <param name="BestEpoch">Number of the epoch with the highest AP, the first of equals; the last epoch where AP is not defined.</param>
/// <param name="BestAveragePrecision">AP after that epoch.</param>
/// <param name="BestAveragePrecision50">AP50 after that epoch.</param>
/// <param name="Time">All times of all epochs together.</param>
public sealed record RunSummary(
    int Epochs,
    double LastAveragePrecision,
    double LastAveragePrecision50,
    int BestEpoch,
    double BestAveragePrecision,
    double BestAveragePrecision50,
    TimeSpan Time)
{
    /// <summary>Sums up the rows of a run.</summary>
    /// <param name="metrics">With the columns <see cref="MetricNames.AveragePrecision"/> and <see cref="MetricNames.AveragePrecision50"/>.</param>
    /// <exception cref="ArgumentException">A column is missing, or there are no rows.</exception>
    public static RunSummary Of(MetricsTable metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        if (metrics.RowCount == 0)
        {
            throw new ArgumentException("The run has not finished an epoch yet; there is nothing to sum up.", nameof(metrics));
        }
        var precision = metrics.Column(MetricNames.AveragePrecision);
        var precision50 = metrics.Column(MetricNames.AveragePrecision50);
        var best = 0;
        for (var i = 1; i < precision.Length; i++)
        {
            best = precision[i] > precision[best] || (precision[i] < 0 && precision[best] < 0) ? i : best;
        }
        return new RunSummary(
            metrics.RowCount,
            precision[^1],
            precision50[^1],
            (int)metrics.Column(MetricNames.Epoch)[best],
            precision[best],
            precision50[best],
            TimeOf(metrics));
    }

    /// <summary>All times of all epochs together.</summary>
    /// <param name="metrics">Of a run.</param>
    public static TimeSpan TimeOf(MetricsTable metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        return TimeSpan.FromSeconds(metrics.Columns.Times.Sum(t => metrics.Column(t).Sum()));
    }
}
