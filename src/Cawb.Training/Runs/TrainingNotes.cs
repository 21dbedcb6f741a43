using System.Globalization;
using Cawb.Detection.Data;
using Cawb.Detection.Model;
using Cawb.Detection.Weights;
using Cawb.Training.Loop;
using Cawb.Training.Options;

namespace Cawb.Training.Runs;

/// <summary>What a person should know before a training begins.</summary>
public static class TrainingNotes
{
    private const double HighForAdam = 0.01;

    /// <param name="session">At its start.</param>
    /// <param name="data">What it trains on.</param>
    /// <param name="options">Its options.</param>
    /// <param name="transfer">What the start weights gave; null where there are none.</param>
    public static IEnumerable<string> Of(TrainingSession session, DetectionData data, TrainOptions options, WeightTransfer? transfer)
    {
        if (transfer?.LeftOutClasses is { } classes)
        {
            yield return $"The head of {options.Weights} was trained on {Counted.Of(classes, "class", "classes")} and the data set has {data.ClassNames.Count}: it is left out and starts fresh.";
        }

        if (transfer?.LeavesAverage ?? false)
        {
            yield return $"{options.Weights} is of a training that had not ended: its weights are taken as the optimizer left them ('model'), as YOLOv5 does, not their average ('ema').";
        }

        foreach (var finding in data.Findings)
        {
            yield return finding.Summary;
        }

        if (session.ImageCache.Report.Length > 0)
        {
            yield return session.ImageCache.Report;
        }

        if (AnchorNote(data, options, transfer) is { Length: > 0 } anchors)
        {
            yield return anchors;
        }

        if (options.Optimizer != TrainOptions.Sgd && options.HyperParameters.LearningRate >= HighForAdam)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"lr0 is {options.HyperParameters.LearningRate:g3}, which suits SGD and is high for {options.Optimizer}: a tenth is usual (--lr0 0.001).");
        }
    }

    private static string AnchorNote(DetectionData data, TrainOptions options, WeightTransfer? transfer)
    {
        double Recall(AnchorSet anchors) => AnchorFit.RecallOf(data.Training, anchors.ToPixels(), options.ImageSize, options.HyperParameters.AnchorRatio, (ulong)options.Seed);

        if (transfer is not null && options.Anchors.Count > 0)
        {
            var recall = string.Create(CultureInfo.InvariantCulture, $"best possible recall {Recall(options.AnchorSet):0.0%}");
            return transfer.Anchors.ToPixels().SequenceEqual(options.AnchorSet.ToPixels())
                ? $"The anchors are those of {options.Weights}, not COCO's ({recall})."
                : $"Anchors were found for these labels ({recall}). They are not those that {options.Weights} was trained with, so its head has to learn them anew.";
        }

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
}
