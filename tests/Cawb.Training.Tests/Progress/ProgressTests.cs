using Cawb.Training.Progress;

namespace Cawb.Training.Tests.Progress;

public class ProgressTests
{
    private readonly HandClock _clock = new();

    [Fact]
    public void Knows_the_pace_and_the_time_that_is_left()
    {
        var meter = new ProgressMeter(_clock, epochs: 2, batchesPerEpoch: 10, finishedBatches: 0, ["box", "obj"]);
        for (var i = 0; i < 5; i++)
        {
            _clock.Pass(0.5);
            meter.BatchDone(images: 16, learningRate: 0.01, [0.2 + i, 0.1]);
        }
        var now = meter.Snapshot();
        Assert.Equal((1, 2, 5, 10), (now.EpochNumber, now.Epochs, now.BatchNumber, now.BatchesPerEpoch));
        Assert.Equal(32, now.ImagesPerSecond, 1e-9);
        Assert.Equal(TimeSpan.FromSeconds(7.5), now.TimeLeft);
        Assert.Equal(0.25, now.Fraction);
        Assert.Equal(2.2, now.Losses[0].Value, 1e-12);
    }

    [Fact]
    public void Counts_the_validations_that_are_to_come()
    {
        var meter = new ProgressMeter(_clock, epochs: 3, batchesPerEpoch: 2, finishedBatches: 0, []);
        for (var i = 0; i < 2; i++)
        {
            _clock.Pass(1);
            meter.BatchDone(8, 0.01, []);
        }
        _clock.Pass(4);
        meter.ValidationDone();
        Assert.Equal(TimeSpan.FromSeconds(4 * 1 + 2 * 4), meter.Snapshot().TimeLeft);
    }

    [Fact]
    public void Follows_a_change_of_pace_within_some_ten_seconds()
    {
        var meter = new ProgressMeter(_clock, 10, 100, 0, []);
        for (var i = 0; i < 100; i++)
        {
            _clock.Pass(0.1);
            meter.BatchDone(16, 0.01, []);
        }
        for (var i = 0; i < 40; i++)
        {
            _clock.Pass(1);
            meter.BatchDone(16, 0.01, []);
        }
        Assert.InRange(meter.Snapshot().ImagesPerSecond, 16, 20);
    }

    [Fact]
    public void Forgets_time_that_belongs_to_nothing()
    {
        var meter = new ProgressMeter(_clock, 1, 4, 2, []);
        _clock.Pass(100);
        meter.SkipTime();
        _clock.Pass(1);
        meter.BatchDone(10, 0.01, []);
        Assert.Equal(10, meter.Snapshot().ImagesPerSecond, 1e-9);
        Assert.Equal(3, meter.Snapshot().BatchNumber);
    }

    [Fact]
    public void Starts_the_losses_anew_in_every_epoch()
    {
        var meter = new ProgressMeter(_clock, 2, 1, 0, ["box"]);
        meter.BatchDone(1, 0.01, [5]);
        meter.BatchDone(1, 0.01, [3]);
        Assert.Equal(3, meter.Snapshot().Losses[0].Value);
        Assert.Throws<InvalidOperationException>(() => meter.BatchDone(1, 0.01, [3]));
    }

    [Fact]
    public void Is_one_plain_line()
    {
        var progress = new ProgressSnapshot(3, 20, 40, 94, 311.7, 0.0098, [new("box", 0.0612345), new("cls", 0.033)], TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(252), 0.1);
        Assert.Equal("epoch 3/20  batch 40/94  312 images/s  lr 0.0098  box 0.06123 cls 0.033  4 min 12 s left", ProgressLine.Format(progress));
    }
}
