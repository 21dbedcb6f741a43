using Cawb.Insight;

namespace Cawb.Tests.Insight;

public sealed class FairComparisonTests
{
    private static readonly TrainingPlan Plan = TrainingPlan.FromEpochs(150, batchesPerEpoch: 20);

    private static readonly CawbSchedule Article =
        new(150, [30, 80], Annealing.Cosine(scale: 0.65, offset: 0.35), stepScale: 0.7, epochScale: 4, warmupEpochs: 3);

    [Fact]
    public void A_cosine_with_the_mean_of_another_schedule_has_its_peak_and_warm_up_too()
    {
        var cosine = FairComparison.CosineWithMeanOf(Article, Plan);
        var (expected, actual) = (Article.Metrics(Plan), cosine.Metrics(Plan));
        Assert.Equal(expected.Mean, actual.Mean, 1e-14);
        Assert.Equal(expected.Peak, actual.Peak);
        Assert.Equal(3, cosine.Events(150).First(scheduleEvent => scheduleEvent.Kind == ScheduleEventKind.WarmupEnd).Epochs);
        Assert.Equal(Article.ValueAt(1.5, 0.1), cosine.ValueAt(1.5, 0.1), 1e-16);
    }

    [Fact]
    public void The_cosine_of_a_line_is_a_cosine_to_zero_lifted_by_half_a_batch()
    {
        // Over n batches the line 1 - t/T has the mean (n + 1) / 2n, and so has the cosine: the floor is 0 for both.
        var cosine = Assert.IsType<CosineSchedule>(FairComparison.CosineWithMeanOf(new LinearSchedule(150), Plan));
        Assert.Equal(0, cosine.End.Amount, 1e-12);
    }

    [Fact]
    public void A_constant_has_the_mean()
    {
        var constant = FairComparison.ConstantWithMeanOf(new LinearSchedule(4), TrainingPlan.FromEpochs(4, batchesPerEpoch: 2));
        Assert.Equal(0.5625, constant.ValueAt(0, 1), 1e-15);
    }

    [Fact]
    public void Absolute_levels_stay_absolute()
    {
        var reference = new LinearSchedule(150, Level.Base, Level.Absolute(0.02));
        var constant = FairComparison.ConstantWithMeanOf(reference, Plan, baseValue: 0.1);
        Assert.Equal(reference.Metrics(Plan, 0.1).Mean, constant.ValueAt(0, 123), 1e-15);
    }

    [Fact]
    public void A_scaled_schedule_keeps_its_shape_and_takes_the_mean()
    {
        var scaled = FairComparison.ScaledToMeanOf(new LinearSchedule(150), Article, Plan);
        Assert.Equal(Article.Metrics(Plan).Mean, scaled.Metrics(Plan).Mean, 1e-14);
        Assert.Equal(0.5, scaled.ValueAt(75, 1) / scaled.ValueAt(0, 1), 1e-14);
    }

    [Fact]
    public void Refuses_to_scale_a_schedule_that_is_0_all_along() =>
        Assert.Throws<ArgumentException>(() => FairComparison.ScaledToMeanOf(new ConstantSchedule(Level.Zero), Article, Plan));

    [Fact]
    public void Refuses_a_mean_that_no_cosine_from_that_peak_can_have()
    {
        var steep = new LinearSchedule(10);
        var refusal = Assert.Throws<ArgumentException>(() => FairComparison.CosineWithMeanOf(steep, Plan));
        Assert.Contains("even a cosine from that peak down to 0 has 0.500167", refusal.Message, StringComparison.Ordinal);
    }
}
