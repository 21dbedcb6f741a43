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
        var cosine = FairComparison.Cosine(FairMatch.Mean, Article, Plan);
        var (expected, actual) = (Article.Metrics(Plan), cosine.Metrics(Plan));
        Assert.Equal(expected.Mean, actual.Mean, 1e-14);
        Assert.Equal(expected.Peak, actual.Peak);
        Assert.Equal(3, cosine.Events(150).First(scheduleEvent => scheduleEvent.Kind == ScheduleEventKind.WarmupEnd).Epochs);
        Assert.Equal(Article.ValueAt(1.5, 0.1), cosine.ValueAt(1.5, 0.1), 1e-16);
    }

    [Fact]
    public void A_smooth_curve_can_have_mean_and_end_of_another_schedule_at_once()
    {
        var smooth = FairComparison.Cosine(FairMatch.MeanAndEnd, Article, Plan);
        var (expected, actual) = (Article.Metrics(Plan), smooth.Metrics(Plan));
        Assert.Equal(expected.Mean, actual.Mean, 1e-12);
        Assert.Equal(expected.Peak, actual.Peak);
        // 0.7 x 0.7 x 0.35, by the article's numbers.
        Assert.Equal(0.1715, smooth.ValueAt(150, 1), 1e-15);
        Assert.Equal(0, actual.BootCount);
        Assert.Equal(Article.ValueAt(1.5, 0.1), smooth.ValueAt(1.5, 0.1), 1e-16);
        for (var epoch = 4; epoch <= 150; epoch++)
        {
            Assert.True(smooth.ValueAt(epoch, 1) < smooth.ValueAt(epoch - 1, 1));
        }
    }

    [Fact]
    public void A_cosine_with_the_end_of_another_schedule_is_a_plain_one()
    {
        var cosine = Assert.IsType<WarmupSchedule>(FairComparison.Cosine(FairMatch.End, Article, Plan));
        Assert.Equal(new CosineSchedule(147, 0.1715), cosine.Schedule);
    }

    [Theory]
    [InlineData(FairMatch.Mean)]
    [InlineData(FairMatch.End)]
    [InlineData(FairMatch.MeanAndEnd)]
    public void Warm_boots_can_be_matched_and_keep_everything_but_their_annealing(FairMatch what)
    {
        var reference = new WarmupSchedule(new CosineSchedule(147, 0.02), 3);
        var matched = FairComparison.Boots(what, Article, reference, Plan);

        Assert.Equal(what != FairMatch.End, Math.Abs(reference.Metrics(Plan).Mean - matched.Metrics(Plan).Mean) < 1e-12);
        Assert.Equal(what != FairMatch.Mean, Math.Abs(matched.ValueAt(150, 1) - 0.02) < 1e-12);
        Assert.Equal(1, matched.Metrics(Plan).Peak);
        Assert.Equal(Article.ToString(), new CawbSchedule(
            matched.Epochs, matched.BootEpochs, Article.Annealing, matched.StepScale, matched.EpochScale, matched.EpochScaleMode, matched.WarmupEpochs, matched.WarmupStartFactor, matched.AnnealingUpdate).ToString());
    }

    [Fact]
    public void Warm_boots_that_start_below_the_base_stay_there()
    {
        var low = new CawbSchedule(150, [30, 80], Annealing.Cosine(scale: 0.5, offset: 0.2));
        Assert.Equal(0.7, FairComparison.Boots(FairMatch.End, low, new CosineSchedule(150, 0.02), Plan).ValueAt(0, 1), 1e-15);
    }

    [Fact]
    public void Warm_boots_are_matched_to_absolute_levels_through_the_base()
    {
        var reference = new CosineSchedule(150, Level.Base, Level.Absolute(0.002));
        var matched = FairComparison.Boots(FairMatch.MeanAndEnd, Article, reference, Plan, baseValue: 0.1);
        Assert.Equal(0.002, matched.ValueAt(150, 0.1), 1e-13);
        Assert.Equal(reference.Metrics(Plan, 0.1).Mean, matched.Metrics(Plan, 0.1).Mean, 1e-13);
    }

    [Fact]
    public void Says_what_cannot_be_matched()
    {
        var line = new CawbSchedule(150, [30, 80], Annealing.Linear());
        Assert.Contains("cosine annealing", Assert.Throws<ArgumentException>(() => FairComparison.Boots(FairMatch.End, line, Article, Plan)).Message, StringComparison.Ordinal);
        var low = new CawbSchedule(150, [30, 80], Annealing.Cosine(), stepScale: 0.1);
        Assert.Contains("cannot be annealed to 0.1715", Assert.Throws<ArgumentException>(() => FairComparison.Boots(FairMatch.End, low, Article, Plan)).Message, StringComparison.Ordinal);
        Assert.Contains("curves with the same peak and end have", Assert.Throws<ArgumentException>(() => FairComparison.Boots(FairMatch.Mean, Article, new ConstantSchedule(), Plan)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_cosine_of_a_line_is_a_cosine_to_zero_lifted_by_half_a_batch()
    {
        // Over n batches the line 1 - t/T has the mean (n + 1) / 2n, and so has the cosine: the floor is 0 for both.
        var cosine = Assert.IsType<CosineSchedule>(FairComparison.Cosine(FairMatch.Mean, new LinearSchedule(150), Plan));
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
        var refusal = Assert.Throws<ArgumentException>(() => FairComparison.Cosine(FairMatch.Mean, steep, Plan));
        Assert.Contains("even a cosine from that peak down to 0 has 0.500167", refusal.Message, StringComparison.Ordinal);
    }
}
