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
        var momentum = original.Drive("momentum", new LinearSchedule(3, Level.Factor(0.8), Level.Base), 0.937);
        for (var batch = 0; batch < 33; batch++)
            original.Step();
        var state = SchedulerState.FromJson(original.CaptureState().ToJson());
        Assert.Equal(original.CaptureState(), state);

        var restored = new LearningRateScheduler(Plan, Boots, 0.5);
        var restoredMomentum = restored.Drive("momentum", new LinearSchedule(3, Level.Factor(0.8), Level.Base), 0.1);
        restored.Restore(state);
        for (var batch = 0; batch < 50; batch++, original.Step(), restored.Step())
        {
            Assert.Equal(original.Position, restored.Position);
            Assert.Equal(original.LearningRates, restored.LearningRates);
            Assert.Equal(momentum.Values, restoredMomentum.Values);
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
            foreach (var happening in scheduler.ReachedEvents)
                seen.Add((scheduler.Position, happening.Kind));
        }
    }

    [Fact]
    public void Allocates_nothing_per_batch()
    {
        var scheduler = new LearningRateScheduler(Plan, [Boots, new CosineSchedule(10), Boots], [0.1, 0.2, 0.3]);
        scheduler.Drive("momentum", new LinearSchedule(3), 0.9);
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

    [Theory]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void Rejects_base_rates_that_are_none(double rate) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new LearningRateScheduler(Plan, Boots, rate));
}
