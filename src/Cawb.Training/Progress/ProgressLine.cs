using System.Globalization;
using System.Text;
using Cawb.Reports.Tables;

namespace Cawb.Training.Progress;

/// <summary>Progress as one plain line, for outputs that are no terminal.</summary>
public static class ProgressLine
{
    /// <summary>Such as <c>epoch 3/20  batch 40/94  312 images/s  lr 0.0098  box 0.061 obj 0.02 cls 0.033  4 min 12 s left</c>.</summary>
    /// <param name="progress">What to say.</param>
    public static string Format(ProgressSnapshot progress)
    {
        ArgumentNullException.ThrowIfNull(progress);
        var line = new StringBuilder();
        line.Append(CultureInfo.InvariantCulture, $"epoch {progress.EpochNumber}/{progress.Epochs}  batch {progress.BatchNumber}/{progress.BatchesPerEpoch}");
        if (progress.ImagesPerSecond > 0)
        {
            line.Append(CultureInfo.InvariantCulture, $"  {Speed(progress.ImagesPerSecond)} images/s  lr {ReportText.Short(progress.LearningRate)}  ");
            line.AppendJoin(' ', progress.Losses.Select(l => $"{l.Key} {ReportText.Short(l.Value)}"));
        }
        if (progress.TimeLeft > TimeSpan.Zero)
        {
            line.Append(CultureInfo.InvariantCulture, $"  {ReportText.Duration(progress.TimeLeft)} left");
        }
        return line.ToString();
    }

    /// <summary>Images per second: whole from 10 on, with one decimal below.</summary>
    /// <param name="imagesPerSecond">Not negative.</param>
    public static string Speed(double imagesPerSecond) => imagesPerSecond.ToString(imagesPerSecond >= 10 ? "0" : "0.0", CultureInfo.InvariantCulture);
}
