namespace Cawb.Training.Runs;

/// <summary>Columns of <c>metrics.csv</c> that reports look for.</summary>
public static class MetricNames
{
    /// <summary>Number of the epoch, from 1 on.</summary>
    public const string Epoch = "epoch";

    /// <summary>AP over IoU 0.50 to 0.95, 0 to 1.</summary>
    public const string AveragePrecision = "ap";

    /// <summary>AP at IoU 0.50, 0 to 1.</summary>
    public const string AveragePrecision50 = "ap50";
}
