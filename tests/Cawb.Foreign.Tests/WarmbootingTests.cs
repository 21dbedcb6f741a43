namespace Cawb.Foreign.Tests;

public sealed class WarmbootingTests
{
    public static TheoryData<GoldenCase> Cases => [.. GoldenCase.Of("cawb")];

    public static TheoryData<GoldenCase> ArticleCases => [.. GoldenCase.Of("cawb-article")];

    [Theory]
    [MemberData(nameof(Cases), DisableDiscoveryEnumeration = true)]
    public void The_published_CAWB_comes_out_by_its_own_name_bit_for_bit(GoldenCase golden)
    {
        var schedule = golden.Create();
        var epochs = golden.Trace.GetProperty("epoch_lr");
        var scheduler = schedule.Start();
        foreach (var returned in epochs.GetProperty("returned").EnumerateArray())
        {
            scheduler.Step();
            Assert.Equal(returned.GetDouble(), scheduler.LearningRates[0]);
        }
        if (epochs.TryGetProperty("error", out _))
            Assert.Throws<InvalidOperationException>(scheduler.Step);
        if (golden.Has("training_lr"))
            CheckTraining(golden, schedule);
    }

    [Theory]
    [MemberData(nameof(ArticleCases), DisableDiscoveryEnumeration = true)]
    public void With_multiplied_curves_it_has_the_numbers_of_the_article(GoldenCase golden)
    {
        var schedule = golden.CreateAs("cawb.CosineAnnealingWarmbootingLR", "epoch_scale_mode", "multiply");
        var scheduler = schedule.Start();
        foreach (var returned in golden.Trace.GetProperty("epoch_lr").GetProperty("returned").EnumerateArray())
        {
            scheduler.Step();
            Assert.Equal(returned.GetDouble(), scheduler.LearningRates[0]);
        }
        CheckTraining(golden, schedule);
    }

    private static void CheckTraining(GoldenCase golden, ForeignSchedule schedule)
    {
        var training = golden.Trace.GetProperty("training_lr");
        var index = GoldenCase.Numbers(training.GetProperty("index"));
        var batchesPerEpoch = (training.TryGetProperty("batches_per_epoch", out var batches) ? batches : golden.Parameters.GetProperty("batchs")).GetDouble();
        var rows = training.GetProperty("lr").EnumerateArray().Select(GoldenCase.Numbers).ToArray();
        for (var group = 0; group < rows.Length; group++)
        {
            for (var k = 0; k < index.Length; k++)
                Assert.Equal(rows[group][k], schedule.LearningRates[group].ValueAt(index[k] / batchesPerEpoch, golden.BaseRates[group]));
        }
    }
}
