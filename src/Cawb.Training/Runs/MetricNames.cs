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

    /// <summary>The rate of the epoch's last batch, of the kernels.</summary>
    public const string LearningRate = "learning_rate";

    private const string LossSuffix = "_loss";

    /// <summary>The terms of the training loss, whose sum is what is trained.</summary>
    /// <param name="columns">Of a run.</param>
    public static IReadOnlyList<string> TrainingLosses(MetricsColumns columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        return [.. columns.Values.Where(name => name.EndsWith(LossSuffix, StringComparison.Ordinal) && !IsOfValidation(name))];
    }

    /// <summary>The terms of the loss on the validation images; empty where a run does not record it.</summary>
    /// <param name="columns">Of a run.</param>
    public static IReadOnlyList<string> ValidationLosses(MetricsColumns columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        return [.. columns.Values.Where(name => name.EndsWith(LossSuffix, StringComparison.Ordinal) && IsOfValidation(name))];
    }

    private static bool IsOfValidation(string name) => name.StartsWith("val", StringComparison.Ordinal);
}
