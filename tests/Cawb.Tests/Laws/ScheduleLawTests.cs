using FsCheck;
using FsCheck.Fluent;

namespace Cawb.Tests.Laws;

/// <summary>What holds for every schedule and every composition, over random ones.</summary>
public sealed class ScheduleLawTests
{
    private const double BaseValue = 0.1;

    [Fact]
    public void The_tests_draw_schedules_of_every_type() =>
        Assert.All(Draws.Types, type => Assert.Equal(type, new Draws(1).Of(type, depth: 2).Format?.Name));

    [Fact]
    public void The_value_at_a_position_is_the_value_the_walk_arrives_at() => ForAll(draws =>
    {
        var (plan, schedule) = (draws.Plan(), draws.Any());
        var walked = new LearningRateScheduler(plan, schedule, BaseValue, 0.37);
        for (var batch = 0; batch < plan.TotalBatches + 20; batch++, walked.Step())
        {
            var moved = new LearningRateScheduler(plan, schedule, BaseValue, 0.37);
            moved.MoveTo(batch);
            Same(schedule, batch, moved.LearningRates, walked.LearningRates);
            Same(schedule, batch, [schedule.ValueAt(plan.EpochsFromBatches(batch), BaseValue), schedule.ValueAt(plan.EpochsFromBatches(batch), 0.37)], walked.LearningRates);
        }
    });

    [Fact]
    public void A_state_captured_anywhere_goes_on_bit_equal_in_a_fresh_scheduler() => ForAll(draws =>
    {
        var (plan, schedule, other) = (draws.Plan(), draws.Any(), draws.Any());
        var metrics = Enumerable.Range(0, 200).Select(_ => draws.Real(0, 1)).ToList();
        var original = New();
        for (var batch = 0; batch < plan.TotalBatches + 5; batch++)
        {
            var restored = New();
            restored.Restore(SchedulerState.FromJson(original.CaptureState().ToJson()));
            Same(schedule, batch, original.LearningRates, restored.LearningRates);
            for (var ahead = 0; ahead < 5; ahead++)
                Advance(restored, metrics);
            Advance(original, metrics);
            var onward = New();
            onward.Restore(original.CaptureState());
            for (var ahead = 1; ahead < 5; ahead++)
                Advance(onward, metrics);
            Same(schedule, batch, onward.LearningRates, restored.LearningRates);
            Assert.Equal(onward.CaptureState(), restored.CaptureState());
        }

        LearningRateScheduler New() => new(plan, [schedule, other, schedule], [BaseValue, 0.2, 0.3]);
    });

    [Fact]
    public void The_text_reads_back_to_an_equal_schedule_with_the_same_fingerprint() => ForAll(draws =>
    {
        var schedule = draws.Any();
        foreach (var text in new[] { schedule.CanonicalText, ScheduleText.Print(schedule) })
        {
            var read = ScheduleText.Parse(text);
            Assert.Equal(schedule, read);
            Assert.Equal(schedule.GetHashCode(), read.GetHashCode());
            Assert.Equal(schedule.CanonicalText, read.CanonicalText);
            Assert.Equal(schedule.Fingerprint, read.Fingerprint);
        }
    });

    [Fact]
    public void Values_are_finite_and_never_negative_at_any_time() => ForAll(draws =>
    {
        var schedule = draws.Any();
        foreach (var time in Times(draws, schedule))
        {
            var value = schedule.ValueAt(time, BaseValue);
            Assert.True(double.IsFinite(value) && value >= 0, $"{schedule} gives {value:R} at {time:R}");
        }
    });

    [Fact]
    public void A_relative_schedule_is_the_base_times_a_factor_to_the_bit() => ForAll(draws =>
    {
        var schedule = draws.Any();
        if (!schedule.IsRelative)
            return;
        foreach (var time in Times(draws, schedule))
            Same(schedule, time, [BaseValue * schedule.ValueAt(time, 1)], [schedule.ValueAt(time, BaseValue)]);
    });

    [Fact]
    public void Many_values_at_once_are_the_single_values_to_the_bit() => ForAll(draws =>
    {
        var (plan, schedule, other) = (draws.Plan(), draws.Any(), draws.Any());
        var (first, count) = (draws.Whole(0, 5), draws.Whole(0, 120));
        var values = new double[count];
        schedule.Fill(plan, first, BaseValue, values);
        Same(schedule, first, [.. Enumerable.Range(first, count).Select(batch => schedule.ValueAt(plan.EpochsFromBatches(batch), BaseValue))], values);

        var scheduler = new LearningRateScheduler(plan, [schedule, other, schedule, schedule], [BaseValue, 0.2, 0.3, BaseValue]);
        var table = new double[4 * count];
        scheduler.FillLearningRates(first, count, table);
        for (var k = 0; k < count; k++)
        {
            scheduler.MoveTo(first + k);
            Same(schedule, first + k, scheduler.LearningRates, [table[k], table[count + k], table[2 * count + k], table[3 * count + k]]);
        }
    });

    [Fact]
    public void A_value_that_is_said_to_hold_does_hold() => ForAll(draws =>
    {
        var schedule = draws.Any();
        foreach (var time in Times(draws, schedule).Where(time => time >= 0))
        {
            var held = schedule.ConstantUntil(time);
            Assert.True(held >= time, $"{schedule} holds from {time:R} until {held:R}");
            if (held == time)
                continue;
            var last = double.IsPositiveInfinity(held) ? time + 1e6 : Math.BitDecrement(held);
            foreach (var later in new[] { time + (last - time) * 0.3, time + (last - time) * 0.9, last }.Where(later => later >= time && later < held))
                Same(schedule, later, [schedule.ValueAt(time, BaseValue)], [schedule.ValueAt(later, BaseValue)]);
        }
    });

    [Fact]
    public void After_its_end_a_schedule_keeps_its_value() => ForAll(draws =>
    {
        var schedule = draws.Any();
        if (double.IsPositiveInfinity(schedule.EndEpochs))
            return;
        // One unit in the last place later, because ends of compositions are sums.
        var end = schedule.EndEpochs * (1 + 1e-15);
        foreach (var later in new[] { 1e-9, 0.3, 7, 1e6 })
            Same(schedule, end + later, [schedule.ValueAt(end, BaseValue)], [schedule.ValueAt(end + later, BaseValue)]);
    });

    [Fact]
    public void Events_come_in_order_counted_from_zero_and_inside_the_time_asked_for() => ForAll(draws =>
    {
        var schedule = draws.Any();
        var end = draws.Length() * 2;
        var events = schedule.Events(end).ToList();
        Assert.True(events.TrueForAll(scheduleEvent => scheduleEvent.Epochs > 0 && scheduleEvent.Epochs <= end), $"{schedule}: {string.Join(", ", events)}");
        Assert.Equal(events.Select(scheduleEvent => scheduleEvent.Epochs).Order(), events.Select(scheduleEvent => scheduleEvent.Epochs));
        foreach (var kind in events.GroupBy(scheduleEvent => scheduleEvent.Kind))
            Assert.Equal(Enumerable.Range(0, kind.Count()), kind.Select(scheduleEvent => scheduleEvent.Index));
    });

    [Fact]
    public void Evaluation_allocates_nothing() => ForAll(draws =>
    {
        var schedule = draws.Any();
        var sum = Walk(schedule);
        var before = GC.GetAllocatedBytesForCurrentThread();
        sum += Walk(schedule);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated == 0, $"{schedule} allocates {allocated} bytes");
        Assert.True(sum >= 0);

        static double Walk(Schedule schedule)
        {
            var sum = 0.0;
            for (var i = 0; i < 50; i++)
                sum += schedule.ValueAt(i * 0.3, BaseValue) + Math.Min(100, schedule.ConstantUntil(i * 0.3));
            return sum;
        }
    });

    private static void Advance(LearningRateScheduler scheduler, List<double> metrics)
    {
        scheduler.Step();
        if (scheduler.Position % 3 == 0 && scheduler.Parameters[0].Schedules.Any(schedule => schedule is PlateauSchedule))
            scheduler.ReportMetric(metrics[(int)scheduler.Position % metrics.Count]);
    }

    private static IEnumerable<double> Times(Draws draws, Schedule schedule)
    {
        var around = schedule.Events(endEpochs: 20).SelectMany(scheduleEvent => new[] { Math.BitDecrement(scheduleEvent.Epochs), scheduleEvent.Epochs, Math.BitIncrement(scheduleEvent.Epochs) });
        return [-1, 0, double.Epsilon, .. around.Take(60), .. Enumerable.Range(0, 20).Select(_ => draws.Real(0, 20)), .. Enumerable.Range(1, 12).Select(i => (double)i), 1e3, 1e9];
    }

    private static void Same(Schedule schedule, double place, ReadOnlySpan<double> expected, ReadOnlySpan<double> actual)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            if (BitConverter.DoubleToInt64Bits(expected[i]) != BitConverter.DoubleToInt64Bits(actual[i]))
                Assert.Fail($"{schedule} at {place:R}, group {i}: expected {expected[i]:R}, got {actual[i]:R}");
        }
    }

    private static void ForAll(Action<Draws> law) =>
        Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue)), seed => law(new Draws(seed)))
            .Check(Config.QuickThrowOnFailure.WithReplay(20261129, 1).WithMaxTest(300));
}
