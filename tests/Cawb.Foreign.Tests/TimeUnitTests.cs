namespace Cawb.Foreign.Tests;

/// <summary>A library's steps on a clock of epochs.</summary>
public sealed class TimeUnitTests
{
    private const string Linear = """{"num_warmup_steps": 500, "num_training_steps": 6250}""";

    [Theory]
    [InlineData("torch.StepLR", """{"step_size": 30}""", ForeignTimeUnit.Step)]
    [InlineData("torch.OneCycleLR", """{"max_lr": 0.1, "total_steps": 100}""", ForeignTimeUnit.Batch)]
    [InlineData("timm.CosineLRScheduler", """{"t_initial": 50}""", ForeignTimeUnit.Step)]
    [InlineData("hf.get_linear_schedule_with_warmup", Linear, ForeignTimeUnit.Batch)]
    [InlineData("cawb.CosineAnnealingWarmbootingLR", """{"epochs": 50}""", ForeignTimeUnit.Epoch)]
    [InlineData("fvcore.CosineParamScheduler", """{"start_value": 1, "end_value": 0}""", ForeignTimeUnit.Run)]
    public void A_function_says_what_its_time_counts(string name, string arguments, ForeignTimeUnit unit) =>
        Assert.Equal(unit, ForeignSchedules.Create(name, arguments, [0.1]).TimeUnit);

    [Theory]
    [InlineData(7)]
    [InlineData(625)]
    public void Every_batch_of_the_run_trains_with_the_library_s_value_at_the_step_of_the_same_number(int batchesPerEpoch)
    {
        var library = ForeignSchedules.Create("hf.get_linear_schedule_with_warmup", Linear, [5e-5]);
        var plan = TrainingPlan.FromBatches(7000, batchesPerEpoch);
        var onClock = library.OverEpochs(plan).LearningRates[0];
        for (var batch = 0L; batch < plan.TotalBatches; batch++)
            Assert.Equal(library.LearningRates[0].ValueAt(batch, 5e-5), onClock.ValueAt(plan.EpochsFromBatches(batch), 5e-5), 5e-5 * 1e-12);
    }

    [Fact]
    public void Events_lie_at_their_batches()
    {
        var library = ForeignSchedules.Create("hf.get_linear_schedule_with_warmup", Linear, [5e-5]);
        var onClock = library.OverEpochs(TrainingPlan.FromEpochs(10, 625)).LearningRates[0];
        Assert.Contains(onClock.Events(10), scheduleEvent => scheduleEvent is { Kind: ScheduleEventKind.WarmupEnd, Epochs: 500.0 / 625 });
    }

    [Fact]
    public void What_has_no_text_form_in_the_run_has_its_own_values_batch_by_batch_and_nothing_between_them()
    {
        var library = ForeignSchedules.Create("torch.OneCycleLR", """{"max_lr": 0.1, "total_steps": 6250, "anneal_strategy": "linear"}""", [0.1]);
        var plan = TrainingPlan.FromBatches(6300, 625);
        var onClock = library.OverEpochs(plan);
        Assert.False(onClock.HasTextForm);
        for (var batch = 0L; batch < plan.TotalBatches; batch++)
            Assert.Equal(library.LearningRates[0].ValueAt(batch, 0.1), onClock.LearningRates[0].ValueAt(plan.EpochsFromBatches(batch), 0.1));
        Assert.Equal(library.LearningRates[0].ValueAt(250, 0.1), onClock.LearningRates[0].ValueAt(250.9 / 625, 0.1));
    }

    [Fact]
    public void A_schedule_of_the_share_of_the_run_is_spread_over_it()
    {
        var library = ForeignSchedules.Create("fvcore.LinearParamScheduler", """{"start_value": 1, "end_value": 0}""", []);
        Assert.Equal(0.75, library.OverEpochs(TrainingPlan.FromEpochs(40, 10)).LearningRates[0].ValueAt(10, 1), 1e-15);
    }

    [Theory]
    [InlineData("hf.get_cosine_schedule_with_warmup", """{"num_warmup_steps": 500, "num_training_steps": 10000}""", 10_000)]
    [InlineData("torch.OneCycleLR", """{"max_lr": 0.1, "epochs": 5, "steps_per_epoch": 12}""", 60)]
    [InlineData("torch.CosineAnnealingLR", """{"T_max": 50}""", 100)]
    [InlineData("torch.CosineAnnealingLR", """{"T_max": 300}""", 300)]
    [InlineData("optax.piecewise_constant_schedule", """{"init_value": 1, "boundaries_and_scales": {"200": 0.1, "400": 0.1}}""", 400)]
    [InlineData("composer.ConstantScheduler", """{"max_duration": "3ep", "batches_per_epoch": 40}""", 120)]
    public void It_is_known_how_much_of_a_schedule_there_is_to_see(string name, string arguments, double units) =>
        Assert.Equal(units, ForeignSchedules.Create(name, arguments, [0.1]).UnitsToShow);
}
