using Cawb.Insight;

namespace Cawb.Training.Comparison.Plans;

/// <summary>What an arm's schedule is to have in common with another arm's: the library makes it so, and nobody has to work out numbers.</summary>
/// <param name="ArmName">The other arm; its own schedule is given.</param>
/// <param name="What">Mean rate, final rate or both.</param>
public sealed record ArmMatch(string ArmName, FairMatch What)
{
    // Means are taken over time, as finely as this: a plan is read before anybody knows how many batches its data have, and they matter little.
    private const int BatchesPerEpoch = 200;

    internal static IReadOnlyDictionary<FairMatch, string[]> Words { get; } = new Dictionary<FairMatch, string[]>
    {
        [FairMatch.Mean] = ["mean"],
        [FairMatch.End] = ["end"],
        [FairMatch.MeanAndEnd] = ["mean", "end"],
    };

    /// <summary>The matched schedule.</summary>
    /// <param name="shape">Warm boots that keep their boots; null for a smooth curve.</param>
    /// <param name="reference">The other arm's schedule.</param>
    /// <param name="epochs">Length of the runs.</param>
    /// <exception cref="ArgumentException">There is no such schedule, or the shape is none that can be matched.</exception>
    internal Schedule Made(Schedule? shape, Schedule reference, int epochs)
    {
        var plan = TrainingPlan.FromEpochs(epochs, BatchesPerEpoch);
        return shape switch
        {
            null => FairComparison.Cosine(What, reference, plan),
            CawbSchedule boots => FairComparison.Boots(What, boots, reference, plan),
            _ => throw new ArgumentException("Its 'schedule' is of another type than 'cawb'. Leave it out for a smooth curve, or give warm boots.", nameof(shape)),
        };
    }
}
