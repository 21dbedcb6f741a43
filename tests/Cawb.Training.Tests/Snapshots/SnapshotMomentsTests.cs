using Cawb.Training.Snapshots;

namespace Cawb.Training.Tests.Snapshots;

public sealed class SnapshotMomentsTests
{
    private static readonly TrainingPlan Plan = TrainingPlan.FromEpochs(epochs: 20, batchesPerEpoch: 10);

    [Fact]
    public void A_snapshot_is_taken_after_the_last_batch_before_each_boot() =>
        Assert.Equal([40, 115], SnapshotMoments.Of(new CawbSchedule(20, [4, 11.5], Annealing.CosineTo(0), warmupEpochs: 1), Plan));

    [Fact]
    public void A_schedule_without_boots_or_restarts_has_none() => Assert.Empty(SnapshotMoments.Of(new CosineSchedule(20), Plan));

    [Fact]
    public void Of_many_troughs_the_last_seven_count() =>
        Assert.Equal([130, 140, 150, 160, 170, 180, 190], SnapshotMoments.Of(new CawbSchedule(20, Enumerable.Range(1, 19).Select(epoch => (double)epoch), Annealing.CosineTo(0)), Plan));
}
