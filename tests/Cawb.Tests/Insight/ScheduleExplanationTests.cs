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
              value = inner(t - warmupEpochs)
                    = 0.06
              cosine at epoch 50: 0.06
                50 % of the curve, epoch 0 to 100.
                value = end + (start - end) * (1 + cos(pi * t / durationEpochs)) / 2
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
    public void Says_how_much_of_which_stretch_is_done_and_what_it_leads_to()
    {
        Says(new OneCycleSchedule(30), 12, "14.3 % of phase 2 of 2, epoch 9 to 30.", "It goes from 0.1 to 4e-07.");
        Says(new CosineRestartsSchedule(CyclePlan.Geometric(5, 2, 3)), 8, "30 % of cycle 2 of 3, epoch 5 to 15.", "It goes from 0.1 to 0.");
        Says(new CyclicSchedule(Level.Zero, Level.Base, 3, 4), 12, "71.4 % of cycle 2, epoch 7 to 14.", "On the way back from the peak.");
        Says(new WarmupStableDecaySchedule(3, 20, 10), 1.5, "50 % of the warm-up, epoch 0 to 3.", "It goes from 0 to 0.1.");
        Says(new WarmupStableDecaySchedule(3, 20, 10), 13, "50 % of the stable phase, epoch 3 to 23.", "The value stays until then.");
        Says(new WarmupStableDecaySimplifiedSchedule(3, [15, 30], 5, Level.Zero, Level.Base, Level.Factor(0.1)), 12, "40 % of decay 1 of 2, epoch 10 to 15.", "It goes from 0.1 to 0.01.");
        Says(new StepSchedule(5, 0.3), 6.5, "30 % of stair 2, epoch 5 to 10.", "The value stays until then.");
        Says(new PiecewiseConstantSchedule([4, 20], [Level.Base, Level.Zero, Level.Base]), 8, "25 % of level 2 of 3, epoch 4 to 20.", "The value stays until then.");
        Says(new ExponentialSchedule(0.9), 8, "A decline that never ends, from epoch 0 on.", "");
        Says(new Cawb.Yolov5.Yolov5Schedule(40, 3), 6.5, "9.5 % of the decay, epoch 3 to 40.", "All batches of epoch 6 train with one value. The original counts its epochs, e, from one before the first.");
    }

    [Fact]
    public void Names_the_parameters_in_a_formula_as_the_text_form_does()
    {
        var explanation = new KDecaySchedule(20, k: 2, Level.Base, Level.Absolute(0.01), KDecayCurve.Polynomial, power: 1.5).Explain(5, 0.1);
        Assert.Equal("end + (start - end) * (1 - (t / durationEpochs) ** k) ** power", explanation.Formula);
        Assert.Equal("0.01 + (0.1 - 0.01) * (1 - (5 / 20) ** 2) ** 1.5 = 0.0916957", explanation.Calculation);
        Assert.Equal("min(max(0.1, 0.02), 0.08) = 0.08", new ClampSchedule(new ConstantSchedule(), Level.Factor(0.2), Level.Factor(0.8)).Explain(5, 0.1).Calculation);
    }

    [Fact]
    public void Explains_the_moment_of_a_schedule_that_goes_on_for_ever_however_late_it_is()
    {
        Says(new StepSchedule(0.001, 0.3), 1e9 + 0.0005, "50 % of stair 1000000000001, epoch 1e+09 to 1e+09.", "The value stays until then.");
        Assert.Contains("cycle 1000000000000001", new CyclicSchedule(Level.Zero, Level.Base, 0.5, 0.5).Explain(1e15).Segment, StringComparison.Ordinal);
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

    private static void Says(Schedule schedule, double epochs, string segment, string reason)
    {
        var explanation = schedule.Explain(epochs, baseValue: 0.1);
        Assert.Equal((segment, reason), (explanation.Segment, explanation.Reason));
    }

    private sealed record Halving(double Every) : Schedule
    {
        public override double ValueAt(double epochs, double baseValue) => baseValue / Math.Pow(2, Math.Floor(epochs / Every));
    }
}
