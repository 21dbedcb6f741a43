using Cawb.Training.Runs;
using Cawb.Types;

namespace Cawb.Training.Tests.Runs;

public sealed class CurvePointsTests
{
    private const int Epochs = 100;

    private static readonly TrainingPlan Plan = TrainingPlan.FromEpochs(Epochs, batchesPerEpoch: 7);

    [Fact]
    public void The_stairs_of_a_curve_are_the_rates_that_a_scheduler_gives_batch_by_batch()
    {
        foreach (var type in ScheduleType.All)
        {
            var schedule = ScheduleText.Parse(type.Example);
            var scheduler = new LearningRateScheduler(Plan, schedule, 0.1);
            var (all, points) = (CurvePoints.Of(schedule, Plan, 0.1), CurvePoints.Of(schedule, Plan, 0.1).AsStairs());
            for (var stair = 0; !scheduler.IsFinished; scheduler.Step())
            {
                stair += points.Epochs[stair + 1] <= scheduler.Epochs ? 1 : 0;
                Assert.Equal(scheduler.LearningRates[0], points.Values[stair]);
                Assert.Equal(scheduler.LearningRates[0], all.Values[scheduler.Position]);
            }
        }
    }

    [Fact]
    public void A_long_run_of_which_few_batches_are_looked_at_still_jumps_at_the_batch_of_the_boot()
    {
        var schedule = new CawbSchedule(Epochs, bootEpochs: [41.5], Annealing.Cosine());
        var points = CurvePoints.Of(schedule, Plan, 0.1, mostPoints: 10);
        var boot = Array.IndexOf(points.Epochs, Plan.EpochsFromBatches(Plan.BatchAt(41.5)));
        Assert.True(boot > 0);
        Assert.Equal(schedule.ValueAt(points.Epochs[boot], 0.1), points.Values[boot]);
        Assert.Equal(schedule.ValueAt(Plan.EpochsFromBatches(Plan.BatchAt(41.5) - 1), 0.1), points.Values[boot - 1]);
        Assert.InRange(points.Epochs.Length, 10, 30);
    }

    [Fact]
    public void One_value_per_epoch_is_that_of_its_first_batch()
    {
        var schedule = new CosineSchedule(Epochs);
        var points = CurvePoints.OfEpochs(schedule, Plan, 0.1);
        Assert.Equal([.. Enumerable.Range(0, Epochs).Select(epoch => schedule.ValueAt(epoch, 0.1))], points.Values[..^1]);
        Assert.Equal([.. Enumerable.Range(0, Epochs + 1).Select(epoch => (double)epoch)], points.Epochs);
    }
}
