using Cawb.Detection.Data;
using Cawb.Detection.Training;

namespace Cawb.Cli.Training;

/// <summary>What a person should know before a training begins.</summary>
internal static class TrainingNotes
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

        if (data.Warnings.FirstOrDefault(group => group.Kind == ProblemKind.BoxCut) is { } cut)
        {
            yield return $"{Count(cut.Count, "box leaves its picture slightly and is", "boxes leave their pictures slightly and are")} cut to it; the first: {cut.Examples[0].Path}: {cut.Examples[0].Text}";
        }

        if (session.WarmupBatches * 2 > session.Plan.TotalBatches)
        {
            yield return $"The warm-up takes {Math.Min(session.WarmupBatches, session.Plan.TotalBatches)} of the run's {session.Plan.TotalBatches} batches. Train longer, or lower warmup_epochs and warmup_min_batches in --hyp.";
        }
    }

    private static string Count(int count, string one, string many) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}");
}
