namespace Cawb.Tests.Field;

/// <summary>Worked examples of what no reference file has.</summary>
public sealed class FieldExampleTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(5, 0.666666666666666666)]
    [InlineData(9, 0.181818181818181818)]
    [InlineData(10, 0)]
    [InlineData(20, 0)]
    public void Rex_stays_high_and_falls_late(double epochs, double expected) => Assert.Equal(expected, new RexSchedule(10).ValueAt(epochs, 1), 15);

    [Theory]
    [InlineData(0, 0.001)]
    [InlineData(5, 0.01)]
    [InlineData(10, 0.1)]
    [InlineData(11, 0.1)]
    public void A_range_test_rises_by_the_same_factor_in_the_same_time(double epochs, double expected) =>
        Assert.Equal(expected, new GeometricSchedule(10, Level.Absolute(0.001), Level.Absolute(0.1)).ValueAt(epochs, 7), 15);

    [Theory]
    [InlineData(1, 0.5)]
    [InlineData(2, 1)]
    [InlineData(7.999, 1)]
    [InlineData(9, 0.181818181818181818)]
    [InlineData(10, 1)]
    [InlineData(17, 1)]
    [InlineData(19, 0.181818181818181818)]
    [InlineData(20, 0.1)]
    [InlineData(99, 0.1)]
    public void Several_decays_take_the_peak_up_again_after_each(double epochs, double expected) => Assert.Equal(
        expected, new WarmupStableDecaySimplifiedSchedule(2, [10, 20], decayEpochs: 2, Level.Zero, Level.Base, Level.Factor(0.1)).ValueAt(epochs, 1), 15);

    [Theory]
    [InlineData(DecayShape.Linear, 0.775)]
    [InlineData(DecayShape.Cosine, 0.868198051533946)]
    [InlineData(DecayShape.MirrorCosine, 0.681801948466054)]
    [InlineData(DecayShape.SquareRoot, 0.55)]
    [InlineData(DecayShape.Square, 0.94375)]
    [InlineData(DecayShape.Exponential, 0.562341325190349)]
    [InlineData(DecayShape.InverseProportional, 0.307692307692308)]
    public void Decays_have_the_shape_of_their_formula(DecayShape shape, double expectedAtAQuarter)
    {
        var schedule = new WarmupStableDecaySchedule(0, 6, 4, Level.Zero, Level.Base, Level.Factor(0.1), shape);
        Assert.Equal(1, schedule.ValueAt(6, 1));
        Assert.Equal(expectedAtAQuarter, schedule.ValueAt(7, 1), 14);
        Assert.Equal(0.1, schedule.ValueAt(10, 1));
    }

    [Fact]
    public void A_decay_that_multiplies_cannot_reach_nothing() =>
        Assert.Throws<ArgumentException>(() => new WarmupStableDecaySchedule(0, 1, 1, Level.Zero, Level.Base, Level.Zero, DecayShape.Exponential));

    [Fact]
    public void Restarts_fall_in_height_and_warm_up_each_time()
    {
        var schedule = new CosineRestartsSchedule(CyclePlan.Geometric(10, lengthMultiplier: 2, cycles: 3), Level.Base, Level.Factor(0.1), peakFactor: 0.5, warmupEpochs: 2);
        Assert.Equal([10, 30], schedule.Cycles.RestartEpochs);
        Assert.Equal(70, schedule.EndEpochs);
        Assert.Equal(0.1, schedule.ValueAt(0, 1));
        Assert.Equal(1, schedule.ValueAt(2, 1));
        Assert.Equal(0.1, schedule.ValueAt(10, 1));
        Assert.Equal(0.3, schedule.ValueAt(11, 1), 15);
        Assert.Equal(0.5, schedule.ValueAt(12, 1));
        Assert.Equal(0.25, schedule.ValueAt(32, 1));
        Assert.Equal(0.1, schedule.ValueAt(70, 1));
    }

    // 3^5 = 243: floor(log(243) / log(3)) is 4, and a library that counts cycles so misses the restart.
    [Fact]
    public void No_restart_is_missed_at_a_power_of_the_multiplier()
    {
        var cycles = CyclePlan.Geometric(2, lengthMultiplier: 3, cycles: 7);
        Assert.Equal([2, 8, 26, 80, 242, 728], cycles.RestartEpochs);
        var schedule = new CosineRestartsSchedule(cycles);
        Assert.All(cycles.RestartEpochs, restart => Assert.Equal(1, schedule.ValueAt(restart, 1)));
        Assert.All(cycles.RestartEpochs, restart => Assert.True(schedule.ValueAt(Math.BitDecrement(restart), 1) < 1e-20));
    }

    [Fact]
    public void Repetitions_and_steps_change_exactly_at_multiples_of_a_tenth()
    {
        var steps = new StepSchedule(0.1, 0.5);
        var repeated = new RepeatSchedule(new LinearSchedule(0.1), 0.1);
        for (var count = 1; count < 50; count++)
        {
            Assert.Equal(Math.Pow(0.5, count), steps.ValueAt(count * 0.1, 1));
            Assert.Equal(Math.Pow(0.5, count - 1), steps.ValueAt(Math.BitDecrement(count * 0.1), 1));
            Assert.Equal(1, repeated.ValueAt(count * 0.1, 1));
        }
    }

    [Fact]
    public void A_cosine_stays_at_its_end_where_others_rise_again() => Assert.Equal(0.2, new CosineSchedule(10, 0.2).ValueAt(15, 1));

    [Fact]
    public void Twice_the_same_parameters_are_the_same_schedule()
    {
        Assert.Equal(new InterpolatedSchedule([0, 3], [Level.Zero, Level.Base]), new InterpolatedSchedule([0, 3], [Level.Zero, Level.Base]));
        Assert.NotEqual(new InterpolatedSchedule([0, 3], [Level.Zero, Level.Base]), new InterpolatedSchedule([0, 4], [Level.Zero, Level.Base]));
    }

    [Fact]
    public void Rejects_parameters_outside_their_range_with_the_value_and_the_rule()
    {
        Says("Must be a finite number above 0; got NaN. (Parameter 'durationEpochs')", () => new CosineSchedule(double.NaN));
        Says("Must be between 0 and 1; got 1.5. (Parameter 'minFactor')", () => new CosineSchedule(10, 1.5));
        Says("Number 1 of the list is epoch 3; it must be a finite number after 5. (Parameter 'milestoneEpochs')", () => new MultiStepSchedule([5, 3], 0.1));
        Says("There are 1 levels for 1 boundaries; there must be one more. (Parameter 'levels')", () => new PiecewiseConstantSchedule([5], [Level.Base]));
        Says("Restart 1 is at epoch 12; it must lie before the end at 10. (Parameter 'restarts')", () => CyclePlan.FromRestarts([6, 12], totalEpochs: 10));
        Says("Cycle 0 from epoch 0 to 3 must be longer than the warm-up of 3. (Parameter 'warmupEpochs')", () => new CosineRestartsSchedule(CyclePlan.Equal(3, 2), Level.Base, Level.Zero, warmupEpochs: 3));
        Says("The rise must end before the cycle of 10 epochs does; they take 10. (Parameter 'riseEpochs')", () => new OneCycleSchedule(10, 10, Level.Zero, Level.Base, Level.Zero));
        Says("There are 1 boundaries between 1 parts; there must be one less than parts. (Parameter 'boundaryEpochs')", () => new SequenceSchedule([new ConstantSchedule()], [3]));
        Says("There must be at least one part; got none. (Parameter 'parts')", () => new ProductSchedule());
        Says("The upper level 0.1 lies below the lower level 0.2. (Parameter 'max')", () => new ClampSchedule(new ConstantSchedule(), Level.Factor(0.2), Level.Factor(0.1)));

        static void Says(string message, Func<object> make) => Assert.Equal(message, Assert.ThrowsAny<ArgumentException>(make).Message);
    }
}
