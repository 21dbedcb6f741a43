using Cawb.Tests.Laws;
using Cawb.Tests.OtherAssemblies;
using Cawb.Types;
using Cawb.Yolov5;

namespace Cawb.Tests;

public sealed class StretchTests
{
    [Fact]
    public void A_stretched_schedule_has_the_same_value_at_the_stretched_moment_whatever_its_type()
    {
        var looked = 0;
        for (var seed = 0; seed < 4000; seed++)
        {
            var draws = new Draws(seed);
            var schedule = draws.Any();
            // What is evaluated once per epoch still is; the tests below look at it.
            if (IsHeldPerEpoch(schedule.CanonicalText))
                continue;
            looked++;
            // Powers of two move the times without rounding, so that no boundary is missed by a bit.
            var factor = Math.Pow(2, draws.Whole(-3, 3));
            var stretched = schedule.Stretched(factor);
            double[] moments = [0, .. schedule.Events(30).Take(50).Select(scheduleEvent => scheduleEvent.Epochs), .. Enumerable.Range(0, 30).Select(_ => draws.Real(0, 30))];
            foreach (var moment in moments)
            {
                var (expected, actual) = (schedule.ValueAt(moment, 0.1), stretched.ValueAt(moment * factor, 0.1));
                Assert.True(Math.Abs(expected - actual) <= 1e-12, $"{schedule} has {expected:R} at {moment:R}; {stretched} has {actual:R}");
            }
        }

        Assert.InRange(looked, 2000, 4000);
    }

    [Fact]
    public void Steps_become_epochs_at_the_moments_at_which_batches_start()
    {
        int[] milestones = [1, 7, 23, 100, 911];
        foreach (var batchesPerEpoch in Enumerable.Range(1, 300))
        {
            var plan = TrainingPlan.FromBatches(1000, batchesPerEpoch);
            var schedule = new MultiStepSchedule([.. milestones], 0.5);
            foreach (var inEpochs in new[] { schedule.Stretched(batchesPerEpoch, 1), schedule.Stretched(1.0 / batchesPerEpoch) })
            {
                foreach (var step in milestones)
                    Assert.Equal([schedule.ValueAt(step - 1, 1), schedule.ValueAt(step, 1)], [inEpochs.ValueAt(plan.EpochsFromBatches(step - 1), 1), inEpochs.ValueAt(plan.EpochsFromBatches(step), 1)]);
            }
        }
    }

    [Fact]
    public void The_readme_s_steps_are_the_epochs_that_it_says() => Assert.Equal(new LinearSchedule(durationEpochs: 80), new LinearSchedule(durationEpochs: 50_000).Stretched(625, 1));

    [Fact]
    public void A_stretched_end_is_the_new_length_to_the_bit()
    {
        for (var from = 1; from <= 100; from++)
        {
            for (var to = 1; to <= 100; to++)
                Assert.Equal(to, new CosineSchedule(from).Stretched(from, to).EndEpochs);
        }
    }

    [Fact]
    public void Every_key_that_names_epochs_is_a_time_of_the_text_form()
    {
        var fields = TextFormats.Schedules.SelectMany(format => format.Fields).ToList();
        Assert.All(fields, field => Assert.Equal(
            field.Name is "epochs" or "restarts" || field.Name.EndsWith("Epochs", StringComparison.Ordinal), field.Kind is FieldKind.Time or FieldKind.Times));
    }

    [Fact]
    public void Whole_epochs_stay_whole_and_none_becomes_0_where_the_schedule_still_fits()
    {
        var boots = new CawbSchedule(100, [30, 61], Annealing.Linear(), warmupEpochs: 3);
        Assert.Equal(new CawbSchedule(10, [3, 6], Annealing.Linear(), warmupEpochs: 1), boots.Stretched(100, 10, keepsWholeEpochs: true));
        Assert.Equal(new CawbSchedule(10, [3, 6.1], Annealing.Linear(), warmupEpochs: 0.3), boots.Stretched(100, 10));
        // Rounded, both boots would lie at 1.
        Assert.Equal(new CawbSchedule(2, [0.6, 1.22], Annealing.Linear(), warmupEpochs: 0.06), boots.Stretched(100, 2, keepsWholeEpochs: true));
        Assert.Equal(new ShiftSchedule(new CosineSchedule(2), -1), new ShiftSchedule(new CosineSchedule(20), -3).Stretched(100, 10, keepsWholeEpochs: true));
    }

    [Fact]
    public void Rates_per_epoch_and_stretches_that_are_added_change_with_the_clock()
    {
        Assert.Equal(
            new CyclicSchedule(Level.Zero, Level.Base, 4, 6, CyclicMode.Exponential, 0.5), new CyclicSchedule(Level.Zero, Level.Base, 2, 3, CyclicMode.Exponential, 0.25).Stretched(2));
        Assert.Equal(
            new CawbSchedule(40, [20], Annealing.Linear(), epochScale: 10, epochScaleMode: EpochScaleMode.Add),
            new CawbSchedule(20, [10], Annealing.Linear(), epochScale: 5, epochScaleMode: EpochScaleMode.Add).Stretched(2));
    }

    [Theory]
    [InlineData("(1 + math.cos(x * math.pi / y)) / 2", "(1 + math.cos(x * math.pi / y)) / 2")]
    [InlineData("max(0.1, (y - x) / y) if x / y < 0.5 else 0.1", "max(0.1, (y - x) / y) if x / y < 0.5 else 0.1")]
    [InlineData("0.9 ** x", "0.9 ** (x / 2)")]
    [InlineData("max(0.1, 1 - x / 50)", "max(0.1, 1 - x / 2 / 50)")]
    [InlineData("1 if x < 3 else y / 100", "1 if x / 2 < 3 else y / 2 / 100")]
    public void A_formula_of_x_over_y_stays_and_any_other_is_asked_on_its_own_clock(string formula, string stretched)
    {
        var schedule = new CawbSchedule(20, [], Annealing.Expression(formula));
        Assert.Equal(new CawbSchedule(40, [], Annealing.Expression(stretched)), schedule.Stretched(2));
        Assert.Equal(schedule.ValueAt(7, 1), schedule.Stretched(2).ValueAt(14, 1), 1e-15);
    }

    [Fact]
    public void A_function_in_code_is_asked_on_its_own_clock()
    {
        var schedule = new CawbSchedule(20, [], Annealing.FromFunction("mine", (x, y) => Math.Exp(-x) + (1 / y)));
        Assert.Equal(schedule.ValueAt(7, 1), schedule.Stretched(3).ValueAt(21, 1), 1e-15);
        Assert.NotEqual(new CawbSchedule(60, [], schedule.Annealing).Fingerprint, schedule.Stretched(3).Fingerprint);
    }

    [Fact]
    public void What_is_evaluated_once_per_epoch_still_is()
    {
        Assert.Equal(new HoldPerEpochSchedule(new CosineSchedule(40)), new HoldPerEpochSchedule(new CosineSchedule(20)).Stretched(2));
        Assert.Equal(new Yolov5Schedule(40, 6), new Yolov5Schedule(20, 3).Stretched(2));
        Assert.Contains("whole number; got 7.5", Assert.ThrowsAny<ArgumentException>(() => new Yolov5Schedule(15, 3).Stretched(0.5)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_reports_of_a_plateau_rule_are_no_times() =>
        Assert.Equal(new PlateauSchedule(new CosineSchedule(10), new PlateauRule(patience: 7)), new PlateauSchedule(new CosineSchedule(100), new PlateauRule(patience: 7)).Stretched(0.1));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Rejects_a_factor_that_is_no_length(double factor)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new CosineSchedule(10).Stretched(factor));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CosineSchedule(10).Stretched(1, factor));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CosineSchedule(10).Stretched(factor, 1));
    }

    [Fact]
    public void A_type_of_another_assembly_says_how_it_is_stretched_or_that_it_does_not_say()
    {
        Assert.Contains("Override StretchedBy in it.", Assert.Throws<NotSupportedException>(() => new WarmupSchedule(new OutsideRamp(10), 1).Stretched(2)).Message, StringComparison.Ordinal);
        Assert.Equal(new WarmupSchedule(new Elastic(20), 2), new WarmupSchedule(new Elastic(10), 1).Stretched(2));
    }

    private static bool IsHeldPerEpoch(string text) =>
        text.Contains("holdPerEpoch", StringComparison.Ordinal) || text.Contains("yolov5", StringComparison.Ordinal)
        || text.Split("\"cawb\"").Length != text.Split("\"perBatch\"").Length;

    private sealed record Elastic(double Length) : OutsideRamp(Length)
    {
        protected internal override Schedule StretchedBy(double factor) => new Elastic(Length * factor);
    }
}
