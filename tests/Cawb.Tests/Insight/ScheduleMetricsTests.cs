using Cawb.Insight;

namespace Cawb.Tests.Insight;

public sealed class ScheduleMetricsTests
{
    [Fact]
    public void Counts_every_batch_of_the_run_once()
    {
        // 1, 7/8, 6/8 ... 1/8: the eight batches of four epochs.
        var metrics = new LinearSchedule(4).Metrics(TrainingPlan.FromEpochs(4, batchesPerEpoch: 2));
        Assert.Equal(4.5 / 8, metrics.Mean, 1e-15);
        Assert.Equal(4.5 / 2, metrics.Area, 1e-15);
        Assert.Equal(1, metrics.Peak);
        Assert.Equal(0, metrics.PeakEpochs);
        Assert.Equal(1, metrics.FirstValue);
        Assert.Equal(0.125, metrics.LastValue, 1e-15);
        Assert.Equal(0.125, metrics.Lowest, 1e-15);
        Assert.Equal(0.5, metrics.ShareAboveHalfPeak);
        Assert.Equal(0, metrics.BootCount);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(7)]
    public void Weighs_the_epochs_of_a_stair_equally_whatever_their_batches(int batchesPerEpoch)
    {
        // Two segments of two epochs each: 1, 0.5, then half of that.
        var schedule = new CawbSchedule(epochs: 4, bootEpochs: [2], Annealing.Linear(), stepScale: 0.5);
        var metrics = schedule.Metrics(TrainingPlan.FromEpochs(4, batchesPerEpoch), baseValue: 0.1);
        Assert.Equal(0.1 * (1 + 0.5 + 0.5 + 0.25) / 4, metrics.Mean, 1e-16);
        Assert.Equal(0.1 * 2.25, metrics.Area, 1e-15);
        Assert.Equal(0.25, metrics.ShareAboveHalfPeak);
        Assert.Equal(0.025, metrics.LastValue, 1e-16);
        Assert.Equal(1, metrics.BootCount);
    }

    [Fact]
    public void Leaves_out_what_lies_past_the_run()
    {
        var schedule = new CawbSchedule(epochs: 8, bootEpochs: [2, 6], Annealing.Linear());
        Assert.Equal(1, schedule.Metrics(TrainingPlan.FromEpochs(6, batchesPerEpoch: 3)).BootCount);
    }

    [Fact]
    public void A_million_constant_batches_have_the_constant_as_their_mean() =>
        Assert.Equal(0.1, new ConstantSchedule().Metrics(TrainingPlan.FromEpochs(1000, batchesPerEpoch: 1000), baseValue: 0.1).Mean, 1e-17);
}
