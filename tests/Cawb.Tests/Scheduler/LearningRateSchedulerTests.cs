using Cawb.Tests.OtherAssemblies;

namespace Cawb.Tests.Scheduler;

public sealed class LearningRateSchedulerTests
{
    private static readonly TrainingPlan Plan = TrainingPlan.FromEpochs(10, batchesPerEpoch: 7);

    private static CawbSchedule Boots { get; } = new(10, [4, 7], Annealing.Cosine(scale: 0.8, offset: 0.2), stepScale: 0.7, warmupEpochs: 1.5);

    [Fact]
    public void Has_the_rates_of_the_first_batch_after_construction()
    {
        var scheduler = new LearningRateScheduler(Plan, new LinearSchedule(10), 0.1, 0.02);
        Assert.Equal([0.1, 0.02], scheduler.LearningRates);
        Assert.Equal(0, scheduler.Position);
    }

    [Fact]
    public void Gives_at_every_batch_what_the_schedule_gives_at_its_time()
    {
        Schedule[] schedules = [Boots, new CosineSchedule(9.3, Level.Base, Level.Absolute(0.001)), Boots];
        var scheduler = new LearningRateScheduler(Plan, schedules, [0.1, 0.2, 0.3]);
        for (var batch = 0; batch < 90; batch++, scheduler.Step())
        {
            var epochs = batch / 7.0;
            Assert.Equal([Boots.ValueAt(epochs, 0.1), schedules[1].ValueAt(epochs, 0.2), Boots.ValueAt(epochs, 0.3)], scheduler.LearningRates);
        }
    }

    [Fact]
    public void Moves_to_any_batch_and_gives_the_same_bits_as_the_walk()
    {
        var walked = new LearningRateScheduler(Plan, Boots, 0.1);
        for (var batch = 0; batch < 75; batch++, walked.Step())
        {
            var moved = new LearningRateScheduler(Plan, Boots, 0.1);
            moved.MoveTo(batch);
            Assert.Equal(walked.LearningRates, moved.LearningRates);
        }
    }

    [Fact]
    public void Goes_on_bit_equal_in_a_fresh_scheduler()
    {
        var original = new LearningRateScheduler(Plan, Boots, 0.1);
        var momentum = original.AddParameter("momentum", new LinearSchedule(3, Level.Factor(0.8), Level.Base), 0.937);
        for (var batch = 0; batch < 33; batch++)
            original.Step();
        var state = SchedulerState.FromJson(original.CaptureState().ToJson());
        Assert.Equal(original.CaptureState(), state);

        var restored = new LearningRateScheduler(Plan, Boots, 0.5);
        var restoredMomentum = restored.AddParameter("momentum", new LinearSchedule(3, Level.Factor(0.8), Level.Base), 0.1);
        restored.Restore(state);
        for (var batch = 0; batch < 50; batch++, original.Step(), restored.Step())
        {
            Assert.Equal(original.Position, restored.Position);
            Assert.Equal(original.LearningRates, restored.LearningRates);
            Assert.Equal(momentum.Values, restoredMomentum.Values);
        }
    }

    [Fact]
    public void Takes_the_position_and_the_plateau_of_a_run_with_another_plan_and_schedule_and_keeps_its_own_base_values()
    {
        var rule = new PlateauRule(factor: 0.5, patience: 0);
        var before = new LearningRateScheduler(Plan, new PlateauSchedule(new LinearSchedule(10), rule), 0.1);
        before.MoveTo(35);
        before.ReportMetric(1);
        before.ReportMetric(2);
        var state = SchedulerState.FromJson(before.CaptureState().ToJson());

        var after = new LearningRateScheduler(TrainingPlan.FromEpochs(20, 7), new PlateauSchedule(new LinearSchedule(20), rule), 0.4);
        Assert.Throws<ScheduleMismatchException>(() => after.Restore(state));
        after.RestorePosition(state);
        Assert.Equal(35, after.Position);
        Assert.Equal([0.4 * 0.75 * 0.5], after.LearningRates);
        Assert.Throws<ScheduleMismatchException>(() => new LearningRateScheduler(Plan, Boots, 0.1, 0.2).RestorePosition(state));
    }

    [Fact]
    public void Shares_a_value_between_groups_only_while_their_base_values_give_the_same_one()
    {
        var schedule = new CosineSchedule(10, Level.Base, Level.Absolute(0.001));
        var scheduler = new LearningRateScheduler(Plan, schedule, 0.1, 0.1, 0.2);
        var other = new LearningRateScheduler(Plan, schedule, 0.1, 0.3, 0.1);
        foreach (var position in new[] { 0, 12, 70 })
        {
            other.MoveTo(position);
            scheduler.MoveTo(position);
            double[] Expected(params double[] baseValues) => [.. baseValues.Select(baseValue => schedule.ValueAt(position / 7.0, baseValue))];
            Assert.Equal(Expected(0.1, 0.1, 0.2), scheduler.LearningRates);
            scheduler.Restore(other.CaptureState());
            Assert.Equal(Expected(0.1, 0.3, 0.1), scheduler.LearningRates);
            scheduler = new LearningRateScheduler(Plan, schedule, 0.1, 0.1, 0.2);
        }
    }

    [Fact]
    public void Refuses_a_state_of_another_schedule_and_shows_the_difference()
    {
        var state = new LearningRateScheduler(Plan, Boots, 0.1).CaptureState();
        var other = new LearningRateScheduler(Plan, new CawbSchedule(10, [4, 8], Annealing.Cosine(scale: 0.8, offset: 0.2), stepScale: 0.7), 0.1);
        var fault = Assert.Throws<ScheduleMismatchException>(() => other.Restore(state));
        Assert.Equal(
            [new ScheduleChange("learningRate[0].bootEpochs[1]", "7", "8"), new ScheduleChange("learningRate[0].warmupEpochs", "1.5", "(default)")],
            fault.Difference.Changes);
    }

    [Fact]
    public void Refuses_a_state_of_another_plan_or_number_of_groups()
    {
        var state = new LearningRateScheduler(Plan, Boots, 0.1).CaptureState();
        var longer = new LearningRateScheduler(TrainingPlan.FromEpochs(11, 7), Boots, 0.1);
        Assert.Equal([new ScheduleChange("plan.totalBatches", "70", "77")], Assert.Throws<ScheduleMismatchException>(() => longer.Restore(state)).Difference.Changes);
        var wider = new LearningRateScheduler(Plan, Boots, 0.1, 0.2);
        Assert.Equal([new ScheduleChange("learningRate.groups", "1", "2")], Assert.Throws<ScheduleMismatchException>(() => wider.Restore(state)).Difference.Changes);
    }

    [Fact]
    public void Takes_groups_that_are_added_later()
    {
        var scheduler = new LearningRateScheduler(Plan, Boots, 0.1);
        scheduler.MoveTo(30);
        Assert.Equal(1, scheduler.AddGroup(0.4));
        Assert.Equal(2, scheduler.AddGroup(0.4, new LinearSchedule(10)));
        Assert.Equal([Boots.ValueAt(30 / 7.0, 0.1), Boots.ValueAt(30 / 7.0, 0.4), new LinearSchedule(10).ValueAt(30 / 7.0, 0.4)], scheduler.LearningRates);
    }

    [Fact]
    public void Shows_each_event_in_front_of_the_first_batch_after_it()
    {
        var scheduler = new LearningRateScheduler(Plan, Boots, 0.1);
        var seen = new List<(long, ScheduleEventKind)>();
        for (; !scheduler.IsFinished; scheduler.Step())
            Note();
        Note();
        Assert.Equal(
            [
                (11, ScheduleEventKind.WarmupEnd), (28, ScheduleEventKind.Trough), (28, ScheduleEventKind.Boot),
                (49, ScheduleEventKind.Trough), (49, ScheduleEventKind.Boot), (70, ScheduleEventKind.End),
            ],
            seen);

        void Note()
        {
            foreach (var scheduleEvent in scheduler.ReachedEvents)
                seen.Add((scheduler.Position, scheduleEvent.Kind));
        }
    }

    [Fact]
    public void Allocates_nothing_per_batch()
    {
        var scheduler = new LearningRateScheduler(Plan, [Boots, new CosineSchedule(10), Boots], [0.1, 0.2, 0.3]);
        scheduler.AddParameter("momentum", new LinearSchedule(3), 0.9, 0.8, 0.7);
        var reached = Walk(scheduler);
        var before = GC.GetAllocatedBytesForCurrentThread();
        reached += Walk(scheduler);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.NotEqual(0, reached);

        static double Walk(LearningRateScheduler scheduler)
        {
            var sum = 0.0;
            scheduler.MoveTo(0);
            for (var batch = 0; batch < 100; batch++, scheduler.Step())
                sum += scheduler.LearningRates[0] + scheduler.ReachedEvents.Length;
            return sum;
        }
    }

    [Fact]
    public void Refuses_a_state_of_a_schedule_of_another_assembly_with_other_parameters()
    {
        var state = new LearningRateScheduler(Plan, new OutsideRamp(100), 0.1).CaptureState();
        var fault = Assert.Throws<ScheduleMismatchException>(() => new LearningRateScheduler(Plan, new OutsideRamp(50), 0.1).Restore(state));
        Assert.Contains("Length = 100", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Length = 50", fault.Message, StringComparison.Ordinal);
        var resumed = new LearningRateScheduler(Plan, new OutsideRamp(100), 0.7);
        resumed.Restore(state);
        Assert.Equal(0.1, resumed.Parameters[0].BaseValues[0]);
    }

    [Fact]
    public void Needs_a_base_rate_for_at_least_one_group() =>
        Assert.Contains("at least one; got none", Assert.Throws<ArgumentException>(() => new LearningRateScheduler(Plan, Boots)).Message, StringComparison.Ordinal);

    [Fact]
    public void Refuses_to_drive_a_parameter_that_has_not_a_base_value_for_each_group()
    {
        var scheduler = new LearningRateScheduler(Plan, Boots, 0.1, 0.2, 0.3);
        var fault = Assert.Throws<ArgumentException>(() => scheduler.AddParameter("momentum", new ConstantSchedule(), 0.9));
        Assert.StartsWith("There must be one base value of momentum per parameter group: 3; got 1.", fault.Message, StringComparison.Ordinal);
        Assert.Single(scheduler.Parameters);
    }

    [Fact]
    public void Asks_a_late_group_for_the_base_value_of_everything_that_is_driven()
    {
        var scheduler = new LearningRateScheduler(Plan, Boots, 0.1);
        var momentum = scheduler.AddParameter("momentum", new LinearSchedule(3, Level.Factor(0.8), Level.Base), 0.9);
        scheduler.MoveTo(30);
        Assert.StartsWith(
            "A new group needs a base value of everything that is driven: learningRate, momentum.", Assert.Throws<InvalidOperationException>(() => scheduler.AddGroup(0.4)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "\"momentum\" is missing", Assert.Throws<ArgumentException>(() => scheduler.AddGroup(new Dictionary<string, double> { ["learningRate"] = 0.4 })).Message, StringComparison.Ordinal);
        Assert.Contains(
            "\"momentun\" is not driven here",
            Assert.Throws<ArgumentException>(() => scheduler.AddGroup(new Dictionary<string, double> { ["learningRate"] = 0.4, ["momentun"] = 0.5 })).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => scheduler.AddGroup(new Dictionary<string, double> { ["learningRate"] = 0.4, ["momentum"] = -1 }));
        Assert.Equal((1, 1), (scheduler.GroupCount, momentum.Count));

        Assert.Equal(1, scheduler.AddGroup(
            new Dictionary<string, double> { ["learningRate"] = 0.4, ["momentum"] = 0.5 }, new Dictionary<string, Schedule> { ["momentum"] = new LinearSchedule(10) }));
        Assert.Equal([Boots.ValueAt(30 / 7.0, 0.1), Boots.ValueAt(30 / 7.0, 0.4)], scheduler.LearningRates);
        Assert.Equal([0.9, new LinearSchedule(10).ValueAt(30 / 7.0, 0.5)], momentum.Values);
    }

    [Fact]
    public void Shows_all_that_differs_in_a_state_and_not_only_the_names_of_the_parameters()
    {
        var original = new LearningRateScheduler(Plan, Boots, 0.1);
        original.AddParameter("momentum", new ConstantSchedule(), 0.9);
        var other = new LearningRateScheduler(Plan, new LinearSchedule(10), 0.1, 0.2);
        var changes = Assert.Throws<ScheduleMismatchException>(() => other.Restore(original.CaptureState())).Difference.Changes;
        Assert.Equal(["hyperParameters", "learningRate.groups", "learningRate[0]"], changes.Select(change => change.Path));
        Assert.Equal(("learningRate, momentum", "learningRate"), (changes[0].Before, changes[0].After));
    }

    [Fact]
    public void Gives_out_no_list_that_can_be_written_to()
    {
        var scheduler = new LearningRateScheduler(Plan, Boots, 0.1);
        Assert.False(scheduler.Parameters is List<DrivenParameter>);
        Assert.False(scheduler.Parameters[0].Schedules is Schedule[]);
        Assert.False(Boots.Segments is WarmBootSegment[]);
        Assert.False(Boots.BootEpochs is double[]);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void Rejects_base_rates_that_are_none(double rate) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new LearningRateScheduler(Plan, Boots, rate));
}
