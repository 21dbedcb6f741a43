namespace Cawb.Tests;

public sealed class TrainingPlanTests
{
    [Fact]
    public void Puts_the_first_batch_of_every_epoch_at_a_whole_number()
    {
        foreach (var batches in new[] { 1, 3, 7, 49, 625, 1_000_003 })
        {
            var plan = TrainingPlan.FromEpochs(3000, batches);
            for (var epoch = 0; epoch <= 3000; epoch++)
            {
                Assert.Equal(epoch, plan.EpochsFromBatches((long)epoch * batches));
                Assert.Equal((long)epoch * batches, plan.BatchAt(epoch));
            }
        }
    }

    [Fact]
    public void Finds_the_batch_of_every_moment_that_it_gave_itself()
    {
        var plan = TrainingPlan.FromEpochs(50, batchesPerEpoch: 49);
        for (var batch = 0; batch < 2500; batch++)
        {
            var epochs = plan.EpochsFromBatches(batch);
            Assert.Equal(batch, plan.BatchAt(epochs));
            Assert.Equal(batch + 1, plan.BatchAt(Math.BitIncrement(epochs)));
        }
    }

    [Fact]
    public void Counts_steps_samples_and_shares_in_epochs()
    {
        var plan = TrainingPlan.FromSamples(epochs: 10, samplesPerEpoch: 1000, batchSize: 64, accumulation: 4);
        Assert.Equal(16, plan.BatchesPerEpoch);
        Assert.Equal(160, plan.TotalBatches);
        Assert.Equal(1, plan.EpochsFromSteps(4));
        Assert.Equal(2.5, plan.EpochsFromSamples(2500));
        Assert.Equal(5, plan.EpochsFromFraction(0.5));
        Assert.Equal(10, plan.Epochs);
        Assert.Equal(15, TrainingPlan.FromSamples(10, 1000, 64, dropsLastBatch: true).BatchesPerEpoch);
    }

    [Fact]
    public void Knows_no_samples_unless_told() =>
        Assert.Throws<InvalidOperationException>(() => TrainingPlan.FromEpochs(1, 1).EpochsFromSamples(5));

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(1, 1, 0)]
    public void Rejects_counts_below_one(int epochs, int batches, int accumulation) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => TrainingPlan.FromEpochs(epochs, batches, accumulation));

    [Fact]
    public void Rejects_a_batch_that_no_sample_fills() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => TrainingPlan.FromSamples(1, 10, 64, dropsLastBatch: true));
}
