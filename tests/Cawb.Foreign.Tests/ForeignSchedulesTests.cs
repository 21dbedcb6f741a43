namespace Cawb.Foreign.Tests;

public sealed class ForeignSchedulesTests
{
    private static readonly double[] OneGroup = [0.1];

    public static TheoryData<string> Names => [.. ForeignSchedules.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_function_says_in_one_sentence_what_it_does_at_its_boundaries_and_past_its_end(string name)
    {
        var sentence = ForeignSchedules.AtBoundaryAndPastEndOf(name);
        Assert.EndsWith(".", sentence, StringComparison.Ordinal);
        Assert.DoesNotContain(". ", sentence, StringComparison.Ordinal);
        Assert.InRange(sentence.Length, 20, 400);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_function_refuses_an_argument_that_it_does_not_have_and_names_those_it_has(string name)
    {
        var fault = Assert.Throws<ForeignScheduleException>(() => ForeignSchedules.Create(name, """{"no_such_argument": 1}""", OneGroup));
        Assert.StartsWith($"{name}: unknown argument 'no_such_argument'.", fault.Message, StringComparison.Ordinal);
        foreach (var parameter in ForeignSchedules.ParametersOf(name))
            Assert.Contains(parameter, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_function_of_the_reference_files_is_known()
    {
        foreach (var library in ForeignSchedules.Names.Select(name => name.Split('.')[0]).Distinct(StringComparer.Ordinal))
            Assert.All(GoldenCase.Of(library), golden => Assert.Contains(golden.Name, ForeignSchedules.Names));
    }

    [Theory]
    [InlineData("torch.StepRL", "Did you mean 'torch.StepLR'?")]
    [InlineData("tourch.CosineAnnealingLR", "Did you mean 'torch.CosineAnnealingLR'?")]
    [InlineData("completely different", "the libraries are cawb, composer, fvcore, hf, katsura, keras, mmengine, optax, pytorch_warmup, timm, torch, yolov5.")]
    public void An_unknown_name_is_answered_with_the_nearest_one_and_the_libraries(string name, string advice)
    {
        var fault = Assert.Throws<ForeignScheduleException>(() => ForeignSchedules.Create(name, "{}", OneGroup));
        Assert.StartsWith($"There is no foreign schedule '{name}'.", fault.Message, StringComparison.Ordinal);
        Assert.Contains(advice, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("torch.CosineAnnealingLR", """{"t_max": 50}""", "torch.CosineAnnealingLR: unknown argument 't_max'. Did you mean 'T_max'? Known: T_max, eta_min, last_epoch, optimizer, resume_groups, step_args.")]
    [InlineData("torch.CosineAnnealingLR", "{}", "torch.CosineAnnealingLR: argument 'T_max' is missing; the function has no default for it. Known: T_max, eta_min, last_epoch, optimizer, resume_groups, step_args.")]
    [InlineData("torch.StepLR", """{"step_size": 2.5}""", "torch.StepLR: 'step_size' must be a whole number; got 2.5.")]
    [InlineData("torch.StepLR", """{"step_size": 0}""", "torch.StepLR: 'step_size' must be 1 or more; got 0.")]
    [InlineData("torch.StepLR", """{"step_size": 2, "gamma": null}""", "torch.StepLR: 'gamma' must be a finite number; got null.")]
    [InlineData("torch.StepLR", """{"step_size": 2, "gamma": 1e999}""", "torch.StepLR: 'gamma' must be a finite number; got 1e999.")]
    [InlineData("torch.StepLR", """{"step_size": 2, "step_size": 3}""", "torch.StepLR: argument 'step_size' is given twice.")]
    [InlineData("torch.StepLR", "[2]", "torch.StepLR: the arguments must be a JSON object; got a list.")]
    [InlineData("torch.StepLR", "{\"step_size\": ", "torch.StepLR: the arguments are no JSON: line 1, byte 15. They look like {\"T_max\": 50}.")]
    [InlineData("torch.LinearLR", """{"start_factor": 0}""", "torch.LinearLR: 'start_factor' must be above 0 and at most 1; got 0.")]
    [InlineData("torch.CyclicLR", """{"base_lr": [0.1, 0.2], "max_lr": 1}""", "torch.CyclicLR: 'base_lr' has 2 numbers; there are 1 parameter groups.")]
    [InlineData("torch.CyclicLR", """{"base_lr": 0.1, "max_lr": 1, "mode": "square"}""", "torch.CyclicLR: 'mode' must be one of \"triangular\", \"triangular2\", \"exp_range\"; got \"square\".")]
    [InlineData("torch.OneCycleLR", """{"max_lr": 0.1}""", "torch.OneCycleLR: 'total_steps' is missing, and so are 'epochs' and 'steps_per_epoch': give one or the other two.")]
    [InlineData("torch.SequentialLR", """{"schedulers": [{"type": "StepLr", "step_size": 3}], "milestones": []}""", "Did you mean 'StepLR'?")]
    [InlineData("torch.SequentialLR", """{"schedulers": [{"type": "StepLR", "stepsize": 3}], "milestones": []}""", "torch.SequentialLR: schedulers[0] (StepLR): unknown argument 'stepsize'. Did you mean 'step_size'?")]
    [InlineData("torch.LambdaLR", """{"lr_lambda": "0.95 ** epochs"}""", "torch.LambdaLR: 'lr_lambda' is no expression of 'e' or 'epoch': ")]
    [InlineData("torch.LambdaLR", """{"lr_lambda": ["1", "2"]}""", "torch.LambdaLR: 'lr_lambda' has 2 functions; there are 1 parameter groups.")]
    [InlineData("torch.StepLR", """{"step_size": 2, "last_epoch": 5}""", "torch.StepLR: 'last_epoch' resumes a run, and the library then needs what the optimizer remembers: give \"resume_groups\"")]
    [InlineData("hf.get_cosine_with_min_lr_schedule_with_warmup", """{"num_warmup_steps": 1, "num_training_steps": 9}""", "'min_lr' is missing, and so is 'min_lr_rate': give one of them.")]
    [InlineData("timm.CosineLRScheduler", """{"t_initial": 5, "noise_range_t": 3}""", "timm.CosineLRScheduler: 'noise_range_t' asks for noise")]
    [InlineData("composer.LinearScheduler", """{"t_max": "3epochs", "max_duration": "5ep", "batches_per_epoch": 4}""", "composer.LinearScheduler: 't_max' must be a time such as \"2ep\", \"7ba\", \"64sp\", \"4096tok\" or \"0.25dur\"; got \"3epochs\".")]
    [InlineData("optax.join_schedules", """{"schedules": [{"fn": "linear_schedul"}], "boundaries": []}""", "Did you mean 'linear_schedule'?")]
    public void A_fault_in_the_arguments_is_an_error_that_says_where_and_what_is_allowed(string name, string arguments, string message)
    {
        var fault = Assert.Throws<ForeignScheduleException>(() => ForeignSchedules.Create(name, arguments, OneGroup));
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-0.1)]
    public void Base_rates_are_finite_and_not_negative(double rate)
    {
        var fault = Assert.Throws<ForeignScheduleException>(() => ForeignSchedules.Create("torch.ExponentialLR", """{"gamma": 0.9}""", [rate]));
        Assert.Contains("base rates must be finite numbers, 0 or above", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_library_that_reads_the_optimizer_wants_base_rates() =>
        Assert.Contains("base rates are missing", Assert.Throws<ForeignScheduleException>(() => ForeignSchedules.Create("torch.ExponentialLR", """{"gamma": 0.9}""", [])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("\"0.5 ** epoch\"")]
    [InlineData("\"lambda e: 0.5 ** e\"")]
    [InlineData("\"lambda step: math.pow(0.5, step)\"")]
    [InlineData("{\"expr\": \"base ** e\", \"base\": 0.5}")]
    [InlineData("{\"kind\": \"exp\", \"base\": 0.5}")]
    public void A_lambda_is_an_expression_in_any_of_its_forms(string lambda)
    {
        var schedule = ForeignSchedules.Create("torch.LambdaLR", $"{{\"lr_lambda\": {lambda}}}", [0.8]);
        Assert.Equal(0.1, schedule.LearningRates[0].ValueAt(3, 0.8), 15);
    }

    [Fact]
    public void A_lambda_may_call_a_function_that_has_the_name_of_a_constant()
    {
        var schedule = ForeignSchedules.Create("torch.LambdaLR", """{"lr_lambda": {"expr": "floor + exp(-e) * floor(2.5)", "floor": 0.25}}""", [1.0]);
        Assert.Equal(2.25, schedule.LearningRates[0].ValueAt(0, 1), 15);
    }

    [Fact]
    public void A_call_that_the_library_does_not_have_is_refused()
    {
        var scheduler = ForeignSchedules.Create("torch.ReduceLROnPlateau", "{}", OneGroup).Start();
        Assert.StartsWith("torch.ReduceLROnPlateau: ", Assert.Throws<InvalidOperationException>(scheduler.Step).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => ForeignSchedules.Create("torch.ExponentialLR", """{"gamma": 0.9}""", OneGroup).Start().StepWithMetric(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ForeignSchedules.Create("torch.ExponentialLR", """{"gamma": 0.9}""", OneGroup).Start().StepTo(double.NaN));
    }

    [Fact]
    public void Every_scheduler_that_is_started_is_a_fresh_one()
    {
        var schedule = ForeignSchedules.Create("torch.ExponentialLR", """{"gamma": 0.5}""", OneGroup);
        var first = schedule.Start();
        first.Step();
        Assert.Equal(0.05, first.LearningRates[0]);
        Assert.Equal(0.1, schedule.Start().LearningRates[0]);
    }

    [Fact]
    public void Equal_requests_give_equal_schedules_and_others_do_not()
    {
        static Schedule Make(string baseRate) => ForeignSchedules.Create("torch.CyclicLR", $$"""{"base_lr": {{baseRate}}, "max_lr": 1}""", OneGroup).LearningRates[0];
        Assert.Equal(Make("0.5"), Make("0.5"));
        Assert.NotEqual(Make("0.5"), Make("0.6"));
        static Schedule Chain(double baseRate) => ForeignSchedules.Create(
            "torch.ChainedScheduler", """{"schedulers": [{"type": "CosineAnnealingLR", "T_max": 9, "eta_min": 0.01}, {"type": "ExponentialLR", "gamma": 0.9}]}""", [baseRate]).LearningRates[0];
        Assert.Equal(Chain(0.5), Chain(0.5));
        Assert.NotEqual(Chain(0.5), Chain(0.6));
    }

    [Fact]
    public void Schedules_that_only_a_library_has_show_their_arguments_in_fingerprint_and_difference()
    {
        static Schedule Make(int steps) => ForeignSchedules.Create("torch.OneCycleLR", $$"""{"max_lr": 0.1, "total_steps": {{steps}}}""", OneGroup).LearningRates[0];
        Assert.Equal(Make(100).Fingerprint, Make(100).Fingerprint);
        Assert.NotEqual(Make(100).Fingerprint, Make(200).Fingerprint);
        Assert.Contains("\"total_steps\":100", Make(100).ToString().Replace("\\", "", StringComparison.Ordinal), StringComparison.Ordinal);
        var plan = TrainingPlan.FromBatches(300, 10);
        static Schedule OnClock(int steps, TrainingPlan plan) =>
            ForeignSchedules.Create("torch.OneCycleLR", $$"""{"max_lr": 0.1, "total_steps": {{steps}}, "anneal_strategy": "linear"}""", OneGroup).OverEpochs(plan).LearningRates[0];
        Assert.NotEqual(OnClock(100, plan).Fingerprint, OnClock(200, plan).Fingerprint);
    }

    [Fact]
    public void A_state_of_a_library_s_schedule_with_other_arguments_is_refused()
    {
        static LearningRateScheduler Make(int steps) => new(
            TrainingPlan.FromBatches(300, 10), ForeignSchedules.Create("torch.OneCycleLR", $$"""{"max_lr": 0.1, "total_steps": {{steps}}}""", OneGroup).LearningRates[0], 0.1);
        Assert.Throws<ScheduleMismatchException>(() => Make(200).Restore(Make(100).CaptureState()));
        Make(100).Restore(Make(100).CaptureState());
    }

    [Theory]
    [InlineData("timm.StepLRScheduler", """{"decay_t": 5, "t_in_epochs": true}""", ForeignTimeUnit.Step)]
    [InlineData("timm.StepLRScheduler", """{"decay_t": 5, "t_in_epochs": false}""", ForeignTimeUnit.Batch)]
    public void Timm_s_switch_says_whether_a_step_is_an_epoch(string name, string arguments, ForeignTimeUnit unit)
    {
        var schedule = ForeignSchedules.Create(name, arguments, OneGroup);
        Assert.Equal((unit, true), (schedule.TimeUnit, schedule.TimeUnitIsGiven));
    }

    [Theory]
    [InlineData("torch.StepLR", """{"step_size": 3, "gamma": -0.5}""")]
    [InlineData("optax.constant_schedule", """{"value": -1}""")]
    public void Rates_below_zero_are_refused(string name, string arguments)
    {
        var fault = Assert.Throws<ForeignScheduleException>(() => ForeignSchedules.Create(name, arguments, OneGroup));
        Assert.StartsWith($"{name}: the library may accept these arguments, but Cawb has no such schedule: ", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hf.get_greedy_schedule", "nearest is our plateau schedule.")]
    [InlineData("timm.PlateauLRScheduler", "nearest is our plateau schedule around a warmup schedule.")]
    public void What_waits_for_a_metric_is_not_passed_off_as_a_schedule_of_time(string name, string nearest)
    {
        var converted = ForeignSchedules.Create(name, "{}", OneGroup).OverEpochs(TrainingPlan.FromEpochs(10, 1));
        Assert.EndsWith(nearest, converted.WhyNoTextForm, StringComparison.Ordinal);
    }

    [Fact]
    public void A_replayed_schedule_may_be_asked_in_any_order_and_from_several_threads()
    {
        static Schedule Make() => ForeignSchedules.Create("torch.CyclicLR", """{"base_lr": 0.1, "max_lr": 1, "step_size_up": 7}""", OneGroup).LearningRates[0];
        var (shared, alone) = (Make(), Make());
        double[] expected = [.. Enumerable.Range(0, 500).Select(step => alone.ValueAt(step, 0.1))];
        Parallel.For(0, 500, i => Assert.Equal(expected[499 - i], shared.ValueAt(499 - i, 0.1)));
    }

    [Fact]
    public void Composer_takes_the_arguments_of_scheduler_and_run_side_by_side_or_nested()
    {
        var flat = ForeignSchedules.Create("composer.StepScheduler", """{"step_size": "2ep", "gamma": 0.5, "max_duration": "8ep", "batches_per_epoch": 5}""", []);
        var nested = ForeignSchedules.Create("composer.StepScheduler", """{"scheduler": {"step_size": "2ep", "gamma": 0.5}, "max_duration": "8ep", "batches_per_epoch": 5}""", []);
        Assert.Equal(flat.LearningRates[0], nested.LearningRates[0]);
        Assert.Equal(0.25, flat.LearningRates[0].ValueAt(20, 1));
    }
}
