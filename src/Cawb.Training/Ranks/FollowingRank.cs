using Cawb.Detection.Data;
using Cawb.Training.Options;
using Cawb.Training.Runs;

namespace Cawb.Training.Ranks;

/// <summary>A training as all ranks but the first see it: they compute, and neither validate nor write.</summary>
public static class FollowingRank
{
    private const string What = "rank 0, which opens the run";

    /// <summary>Trains with rank 0, which has a <see cref="TrainingRun"/>, until that ends.</summary>
    /// <param name="ranks">More than one; this one is not the first.</param>
    /// <param name="cancellation">The wish to stop that reached this process; the run ends then on all ranks.</param>
    /// <exception cref="InputException">The data set is not there, or is not the one of rank 0.</exception>
    public static void Execute(IRanks ranks, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(ranks);
        var options = TrainOptions.FromJson(ranks.OfFirst("", What), What);
        var schedule = ScheduleText.Parse(ranks.OfFirst("", What));
        var fingerprint = ranks.OfFirst("", What);
        var data = DetectionData.Open(options.Data, CancellationToken.None);
        if (TrainingRun.DataFingerprint(data) != fingerprint)
        {
            throw new InputException($"{options.Data}: the data set is another one here than for rank 0 (SHA-256 {TrainingRun.DataFingerprint(data)[..12]}..., there {fingerprint[..12]}...). All machines of a run must see the same files.");
        }

        using var session = TrainingRun.NewSession(options, schedule, data, ranks);
        session.SharePosition();
        while (!session.IsFinished)
        {
            foreach (var _ in session.TrainEpoch(cancellation))
            {
            }

            var isClosed = session.IsEpochTrained && session.FollowEpoch(cancellation);
            session.GatherGradients();
            if (!isClosed)
            {
                return;
            }
        }
    }

    /// <summary>What rank 0 tells the others at the start.</summary>
    internal static void Lead(IRanks ranks, TrainOptions options, Schedule schedule, string dataFingerprint)
    {
        ranks.OfFirst(options.ToJson(), What);
        ranks.OfFirst(ScheduleText.Print(schedule), What);
        ranks.OfFirst(dataFingerprint, What);
    }
}
