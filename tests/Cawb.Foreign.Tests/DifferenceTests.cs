namespace Cawb.Foreign.Tests;

/// <summary>What a library does wrong or surprisingly, by its foreign name; and that our own schedule does not do it.</summary>
public sealed class DifferenceTests
{
    private const double Base = 0.1;
    private static readonly double[] OneGroup = [Base];

    [Fact]
    public void PyTorchs_cosine_rises_again_after_its_end_and_ours_stays()
    {
        var theirs = Foreign("torch.CosineAnnealingLR", """{"T_max": 10}""");
        Assert.Equal(0, theirs.ValueAt(10, Base), 15);
        Assert.Equal(Base, theirs.ValueAt(20, Base), 12);
        var ours = new CosineSchedule(durationEpochs: 10);
        Assert.Equal(0, ours.ValueAt(20, Base));
    }

    [Theory]
    [InlineData("hf.get_cosine_schedule_with_warmup", """{"num_warmup_steps": 2, "num_training_steps": 12}""")]
    [InlineData("hf.get_cosine_with_min_lr_schedule_with_warmup", """{"num_warmup_steps": 2, "num_training_steps": 12, "min_lr_rate": 0.0}""")]
    public void Hugging_Faces_cosines_rise_again_after_their_end_and_ours_stays(string name, string arguments)
    {
        Assert.Equal(Base, Foreign(name, arguments).ValueAt(22, Base), 12);
        Assert.Equal(0, new WarmupSchedule(new CosineSchedule(durationEpochs: 10), warmupEpochs: 2).ValueAt(22, Base));
    }

    [Fact]
    public void Hugging_Faces_cosine_with_a_warm_up_rate_comes_one_step_early_and_ours_does_not()
    {
        var theirs = Foreign("hf.get_cosine_with_min_lr_schedule_with_warmup_lr_rate", """{"num_warmup_steps": 4, "num_training_steps": 14, "min_lr_rate": 0.1}""");
        Assert.Equal(Base / 4, theirs.ValueAt(0, Base), 15);
        Assert.Equal(Base, theirs.ValueAt(3, Base), 15);
        Assert.Equal(Base / 10, theirs.ValueAt(13, Base), 15);
        var ours = new WarmupSchedule(new CosineSchedule(durationEpochs: 10, minFactor: 0.1), warmupEpochs: 4);
        Assert.Equal(0, ours.ValueAt(0, Base));
        Assert.Equal(Base, ours.ValueAt(4, Base));
        Assert.Equal(Base / 10, ours.ValueAt(14, Base), 15);
    }

    [Fact]
    public void A_restart_that_is_missed_through_a_logarithm_is_missed_by_the_foreign_name_alone()
    {
        var ours = new CosineRestartsSchedule(CyclePlan.Geometric(firstCycleEpochs: 1, lengthMultiplier: 3, cycles: 7));
        Assert.Equal(Base, ours.ValueAt(121, Base));

        var torch = ForeignSchedules.Create("torch.CosineAnnealingWarmRestarts", """{"T_0": 1, "T_mult": 3}""", OneGroup).Start();
        torch.StepTo(121);
        Assert.Equal(0, torch.LearningRates[0], 15);

        var timm = Foreign("timm.CosineLRScheduler", """{"t_initial": 1, "cycle_mul": 3, "cycle_limit": 7}""");
        Assert.Equal(0, timm.ValueAt(121, Base), 15);

        var keras = ForeignSchedules.Create("keras.CosineDecayRestarts", """{"initial_learning_rate": 0.1, "first_decay_steps": 1, "t_mul": 3}""", []);
        Assert.Equal(0, keras.LearningRates[0].ValueAt(121, 1), 15);
    }

    [Fact]
    public void PyTorchs_one_cycle_goes_below_zero_a_step_past_its_end_and_then_raises_and_ours_stays()
    {
        var scheduler = ForeignSchedules.Create("torch.OneCycleLR", """{"max_lr": 0.1, "total_steps": 20, "anneal_strategy": "linear"}""", OneGroup).Start();
        for (var step = 0; step < 20; step++)
            scheduler.Step();
        Assert.True(scheduler.LearningRates[0] < 0);
        Assert.Contains("raises after 20 steps", Assert.Throws<InvalidOperationException>(scheduler.Step).Message, StringComparison.Ordinal);

        var ours = new OneCycleSchedule(20, riseEpochs: 5, Level.Factor(0.04), Level.Base, Level.Factor(4e-6), Interpolation.Linear);
        Assert.Equal(ours.ValueAt(20, Base), ours.ValueAt(21, Base));
        Assert.True(ours.ValueAt(1000, Base) > 0);
    }

    [Fact]
    public void PyTorchs_constant_factor_of_no_steps_stays_for_ever_and_ours_is_over_at_once()
    {
        Assert.Equal(Base * 0.7, Foreign("torch.ConstantLR", """{"factor": 0.7, "total_iters": 0}""").ValueAt(100, Base), 15);
        Assert.Equal(Base, new PiecewiseConstantSchedule([1], [Level.Factor(0.7), Level.Base]).ValueAt(1, Base));
    }

    [Fact]
    public void PyTorchs_constant_factor_of_zero_divides_by_zero_and_ours_returns_to_the_base()
    {
        var scheduler = ForeignSchedules.Create("torch.ConstantLR", """{"factor": 0.0, "total_iters": 1}""", OneGroup).Start();
        Assert.Contains("divides by zero", Assert.Throws<InvalidOperationException>(scheduler.Step).Message, StringComparison.Ordinal);
        Assert.Equal(Base, new PiecewiseConstantSchedule([1], [Level.Zero, Level.Base]).ValueAt(1, Base));
    }

    [Fact]
    public void Timms_milestones_come_a_step_early_and_ours_on_time()
    {
        Assert.Equal(Base / 2, Foreign("timm.MultiStepLRScheduler", """{"decay_t": [10], "decay_rate": 0.5}""").ValueAt(9, Base));
        var ours = new MultiStepSchedule([10], 0.5);
        Assert.Equal(Base, ours.ValueAt(9, Base));
        Assert.Equal(Base / 2, ours.ValueAt(10, Base));
    }

    [Fact]
    public void Kerass_boundary_still_has_the_old_value_and_ours_the_new_one()
    {
        var theirs = ForeignSchedules.Create("keras.PiecewiseConstantDecay", """{"boundaries": [10], "values": [1.0, 0.5]}""", []).LearningRates[0];
        Assert.Equal([1.0, 0.5], [theirs.ValueAt(10, 1), theirs.ValueAt(11, 1)]);
        Assert.Equal(0.5, new PiecewiseConstantSchedule([10], [Level.Absolute(1), Level.Absolute(0.5)]).ValueAt(10, 1));
    }

    [Fact]
    public void Timms_plateau_without_a_warm_up_trains_with_nothing_and_ours_with_the_base()
    {
        var scheduler = ForeignSchedules.Create("timm.PlateauLRScheduler", """{"mode": "min"}""", OneGroup).Start();
        for (var step = 0; step < 5; step++)
            scheduler.StepWithMetric(1.0 / (step + 1));
        Assert.Equal(0, scheduler.LearningRates[0]);
        Assert.Equal(Base, new PlateauSchedule(new ConstantSchedule(), new PlateauRule()).ValueAt(5, Base));
    }

    [Fact]
    public void Timms_shrinking_cycles_raise_after_their_finite_sum_and_ours_stay_at_the_floor()
    {
        var scheduler = ForeignSchedules.Create("timm.CosineLRScheduler", """{"t_initial": 25, "cycle_mul": 0.7, "cycle_limit": 6}""", OneGroup).Start();
        Assert.Contains("logarithm", Assert.Throws<InvalidOperationException>(() => scheduler.StepTo(84)).Message, StringComparison.Ordinal);
        Assert.Equal(0, new CosineRestartsSchedule(CyclePlan.Geometric(25, 0.7, 6)).ValueAt(84, Base));
    }

    [Fact]
    public void Optaxs_warm_up_of_no_steps_never_reaches_its_peak_and_ours_refuses_to_be_one()
    {
        var theirs = ForeignSchedules.Create("optax.warmup_constant_schedule", """{"init_value": 0.02, "peak_value": 0.1, "warmup_steps": 0}""", []);
        Assert.Equal(0.02, theirs.LearningRates[0].ValueAt(1000, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WarmupSchedule(new ConstantSchedule(), warmupEpochs: 0));
    }

    [Fact]
    public void Hugging_Faces_polynomial_of_no_steps_divides_by_zero_in_the_run_and_ours_refuses_at_birth()
    {
        var scheduler = ForeignSchedules.Create("hf.get_polynomial_decay_schedule_with_warmup", """{"num_warmup_steps": 2, "num_training_steps": 2}""", OneGroup).Start();
        scheduler.Step();
        Assert.Contains("divides by their difference", Assert.Throws<InvalidOperationException>(scheduler.Step).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new PolynomialSchedule(durationEpochs: 0, power: 1));
    }

    [Fact]
    public void Fvcores_line_goes_on_below_zero_past_the_end_and_ours_stays()
    {
        var theirs = ForeignSchedules.Create("fvcore.LinearParamScheduler", """{"start_value": 0.1, "end_value": 0.0}""", []).LearningRates[0];
        Assert.True(theirs.ValueAt(1.5, 1) < 0);
        Assert.Equal(0, new LinearSchedule(durationEpochs: 1).ValueAt(1.5, Base));
    }

    [Theory]
    [InlineData("fvcore.ConstantParamScheduler", """{"value": 0.1}""")]
    [InlineData("fvcore.StepParamScheduler", """{"num_updates": 4, "values": [0.2, 0.1]}""")]
    public void Fvcores_schedulers_raise_at_the_end_of_the_run_and_ours_have_a_value(string name, string arguments)
    {
        var schedule = ForeignSchedules.Create(name, arguments, []);
        Assert.Throws<InvalidOperationException>(() => schedule.Start().StepTo(1));
        Assert.Equal(0.1, new PiecewiseConstantSchedule([0.5], [Level.Absolute(0.2), Level.Absolute(0.1)]).ValueAt(1, 1));
    }

    [Fact]
    public void Mmengines_line_ends_a_step_before_its_end_and_ours_at_its_end()
    {
        Assert.Equal(Base, Foreign("mmengine.LinearLR", """{"start_factor": 0.1, "end": 10}""").ValueAt(9, Base), 15);
        var ours = new LinearSchedule(10, Level.Factor(0.1), Level.Base);
        Assert.True(ours.ValueAt(9, Base) < Base);
        Assert.Equal(Base, ours.ValueAt(10, Base));
    }

    [Fact]
    public void Mmengines_restarts_stay_above_the_floor_after_the_last_period_and_ours_reach_it()
    {
        Assert.True(Foreign("mmengine.CosineRestartLR", """{"periods": [5, 5], "restart_weights": [1, 1]}""").ValueAt(100, Base) > 0.009);
        Assert.Equal(0, new CosineRestartsSchedule(CyclePlan.Equal(cycleEpochs: 5, cycles: 2)).ValueAt(100, Base));
    }

    [Fact]
    public void Katsuras_first_rate_is_the_lowest_even_without_a_warm_up_and_ours_the_peak()
    {
        var theirs = Foreign("katsura.CosineAnnealingWarmupRestarts", """{"first_cycle_steps": 20, "max_lr": 0.1, "min_lr": 0.001}""");
        Assert.Equal(0.001, theirs.ValueAt(0, Base));
        var ours = new CosineRestartsSchedule(CyclePlan.Equal(cycleEpochs: 20, cycles: 3), Level.Absolute(0.1), Level.Absolute(0.001));
        Assert.Equal(0.1, ours.ValueAt(0, Base));
    }

    [Fact]
    public void The_published_CAWB_boots_late_and_goes_below_zero_past_its_end_and_ours_does_neither()
    {
        const string arguments = """{"epochs": 20, "steps": [10], "step_scale": 0.5, "epoch_scale": 0, "lf": "lambda x, y: 1 - x / y", "batchs": 1}""";
        var theirs = Foreign("cawb.CosineAnnealingWarmbootingLR", arguments);
        Assert.Equal(0, theirs.ValueAt(11, Base));
        Assert.Equal(Base * 0.5 * 0.9, theirs.ValueAt(12, Base), 15);
        Assert.True(theirs.ValueAt(30, Base) < 0);

        var ours = new CawbSchedule(20, [10], Annealing.Linear(), stepScale: 0.5);
        Assert.Equal(Base * 0.5, ours.ValueAt(10, Base), 15);
        Assert.Equal(ours.ValueAt(20, Base), ours.ValueAt(30, Base));
    }

    [Fact]
    public void YOLOv5s_cosine_rises_past_the_end_of_the_run_and_ours_stays()
    {
        const string arguments = """{"epochs": 10, "nb": 200, "hyp": {"lr0": 0.1, "lrf": 0.1, "momentum": 0.9, "warmup_epochs": 1, "warmup_momentum": 0.8, "warmup_bias_lr": 0.1}}""";
        var schedule = ForeignSchedules.Create("yolov5.cos_lr", arguments, []);
        var scheduler = schedule.Start();
        scheduler.StepTo(21);
        Assert.Equal(0.1, scheduler.LearningRates[1], 12);
        Assert.Equal(schedule.LearningRates[1].ValueAt(10, Base), schedule.LearningRates[1].ValueAt(21, Base));
    }

    private static Schedule Foreign(string name, string arguments) => ForeignSchedules.Create(name, arguments, OneGroup).LearningRates[0];
}
