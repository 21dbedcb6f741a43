using Cawb.Insight;

namespace Cawb.Tests.Insight;

public sealed class ScheduleExplanationTests
{
    private static readonly CawbSchedule Article =
        new(150, [30, 80], Annealing.Cosine(scale: 0.65, offset: 0.35), stepScale: 0.7, epochScale: 4, warmupEpochs: 3);

    [Fact]
    public void Says_in_which_segment_a_warm_boot_schedule_is_and_puts_the_numbers_into_the_formula()
    {
        var explanation = Article.Explain(42.5, baseValue: 0.1);
        Assert.Equal("cawb", explanation.Schedule);
        Assert.Equal(
            "Segment 2 of 3, from boot 1 at epoch 30 to boot 2 at epoch 80. The curve is evaluated once per epoch, here at epoch 42.", explanation.Segment);
        Assert.Equal("base * stepScale ** 1 * f(x, y), f(x, y) = ((1 + cos(pi * x / y)) / 2) * 0.65 + 0.35", explanation.Formula);
        Assert.Equal("0.1 * 0.7 * (((1 + cos(pi * 12 / 200)) / 2) * 0.65 + 0.35) = 0.069597", explanation.Calculation);
        Assert.Equal(
            "1 boot has multiplied the start by 0.7, so the segment starts at 0.07. Of its curve of 200 epochs (y = 50 * 4), 6 % are done; the boot cuts it off at 25 %.",
            explanation.Reason);
        Assert.Equal(0.06959703495407767, explanation.Value, 1e-16);
    }

    [Fact]
    public void Explains_the_warm_up_before_the_first_segment()
    {
        var explanation = Article.Explain(1.5, baseValue: 0.1);
        Assert.Equal("Warm-up, epoch 0 to 3, evaluated at every batch.", explanation.Segment);
        Assert.Equal("0.1 * (0 + (1 - 0) * 1.5 / 3) = 0.05", explanation.Calculation);
        Assert.Equal("50 % of the straight ramp to 0.1, the first segment's start, are done.", explanation.Reason);
    }

    [Fact]
    public void Says_that_the_value_is_held_past_the_end()
    {
        var explanation = Article.Explain(200, baseValue: 0.1);
        Assert.Equal("Past the end at epoch 150: the value there is held. Segment 3 of 3, from boot 2 at epoch 80 to the end at epoch 150.", explanation.Segment);
        // 0.1 * 0.49 * 0.35: the last segment's curve is not stretched and comes to its floor.
        Assert.Equal("0.1 * 0.7 ** 2 * (((1 + cos(pi * 70 / 70)) / 2) * 0.65 + 0.35) = 0.01715", explanation.Calculation);
    }

    [Fact]
    public void Explains_what_follows_a_warm_up_at_its_own_time()
    {
        var explanation = new WarmupSchedule(new CosineSchedule(durationEpochs: 100, minFactor: 0.2), warmupEpochs: 5).Explain(55, baseValue: 0.1);
        Assert.Equal("After the warm-up of 5 epochs: what follows, at its own epoch 50.", explanation.Segment);
        var part = Assert.Single(explanation.Parts);
        Assert.Equal("50 % of the curve, epoch 0 to 100.", part.Segment);
        Assert.Equal("0.02 + (0.1 - 0.02) * (1 + cos(pi * 50 / 100)) / 2 = 0.06", part.Calculation);
        Assert.Equal(
            """
            warmup at epoch 55: 0.06
              After the warm-up of 5 epochs: what follows, at its own epoch 50.
              value = inner(t - W)
                    = 0.06
              cosine at epoch 50: 0.06
                50 % of the curve, epoch 0 to 100.
                value = end + (start - end) * (1 + cos(pi * t / T)) / 2
                      = 0.02 + (0.1 - 0.02) * (1 + cos(pi * 50 / 100)) / 2 = 0.06
                It goes from 0.1 to 0.02.
            """,
            explanation.ToString());
    }

    [Fact]
    public void Explains_a_ramp_and_a_line_and_a_constant()
    {
        Assert.Equal("0 + (0.1 - 0) * 1 / 5 = 0.02", new WarmupSchedule(new LinearSchedule(10), 5).Explain(1, 0.1).Calculation);
        Assert.Equal("0 + (0.1 - 0) * (1 - 4 / 10) = 0.06", new LinearSchedule(10).Explain(4, 0.1).Calculation);
        Assert.Equal("Past the end at epoch 10: the value stays.", new LinearSchedule(10).Explain(11, 0.1).Segment);
        Assert.Equal("0.5 * 0.1 = 0.05", new ConstantSchedule(Level.Factor(0.5)).Explain(7, 0.1).Calculation);
    }

    [Fact]
    public void Describes_a_schedule_of_another_assembly_by_its_parameters()
    {
        var explanation = new Halving(Every: 3).Explain(7, baseValue: 8);
        Assert.Equal(("Halving", 2.0), (explanation.Schedule, explanation.Value));
        Assert.Contains("Every", explanation.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Rejects_a_moment_outside_time(double epochs) => Assert.Throws<ArgumentOutOfRangeException>(() => Article.Explain(epochs));

    private sealed record Halving(double Every) : Schedule
    {
        public override double ValueAt(double epochs, double baseValue) => baseValue / Math.Pow(2, Math.Floor(epochs / Every));
    }
}
