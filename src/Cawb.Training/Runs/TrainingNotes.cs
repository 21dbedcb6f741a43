using System.Globalization;
using Cawb.Detection.Data;
using Cawb.Detection.Model;
using Cawb.Training.Loop;
using Cawb.Training.Options;

namespace Cawb.Training.Runs;

/// <summary>What a person should know before a training begins.</summary>
public static class TrainingNotes
{
    /// <param name="session">At its start.</param>
    /// <param name="data">What it trains on.</param>
    /// <param name="options">Its options.</param>
    /// <param name="leftOutClasses">Classes of the start weights' head, where that was left out.</param>
    public static IEnumerable<string> Of(TrainingSession session, DetectionData data, TrainOptions options, int? leftOutClasses)
    {
        if (leftOutClasses is { } classes)
        {
            yield return $"The head of {options.Weights} tells {Count(classes, "class", "classes")} apart and the data set has {data.ClassNames.Count}: it is left out and starts fresh.";
        }

        foreach (var finding in data.Findings)
        {
            yield return finding.Summary;
        }

        if (session.ImageCache.Report.Length > 0)
        {
            yield return session.ImageCache.Report;
        }

        if (AnchorNote(data, options) is { Length: > 0 } anchors)
        {
            yield return anchors;
        }

        if (session.WarmupBatches * 2 > session.Plan.TotalBatches)
        {
            yield return $"The warm-up takes {Math.Min(session.WarmupBatches, session.Plan.TotalBatches)} of the run's {session.Plan.TotalBatches} batches. Train longer, or lower warmup_epochs and warmup_min_batches in --hyp.";
        }
    }

    private static string AnchorNote(DetectionData data, TrainOptions options)
    {
        double Recall(AnchorSet anchors) => AnchorFit.RecallOf(data.Training, anchors.ToPixels(), options.ImageSize, options.HyperParameters.AnchorRatio, (ulong)options.Seed);

        var given = Recall(AnchorSet.Coco);
        if (given > AnchorFit.EnoughRecall)
        {
            return "";
        }

        var text = string.Create(CultureInfo.InvariantCulture, $"COCO's anchors match {given:0.0%} of the labels at best (best possible recall; above {AnchorFit.EnoughRecall:0%} is good)");
        return options.Anchors.Count > 0 ? string.Create(CultureInfo.InvariantCulture, $"{text}; those found for them match {Recall(options.AnchorSet):0.0%} and are used.")
            : options.AutoAnchors ? $"{text}; none better were found."
            : $"{text}. --auto-anchors looks for better ones.";
    }

    private static string Count(int count, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}");
}
