using Cawb.Tests.Laws;
using FsCheck;
using FsCheck.Fluent;

namespace Cawb.Tests.Changes;

public sealed class PlanChangeTests
{
    private static readonly TrainingPlan Plan = TrainingPlan.FromEpochs(100, batchesPerEpoch: 10);

    private static CawbSchedule Boots { get; } = new(100, [40, 70], Annealing.Linear(), stepScale: 0.5, warmupEpochs: 5);

    [Fact]
    public void Extends_the_last_segment_and_says_what_differs()
    {
        var change = PlanChange.Extend(Plan, Boots, atEpochs: 50, totalEpochs: 130);
        Assert.Equal(new CawbSchedule(130, [40, 70], Annealing.Linear(), stepScale: 0.5, warmupEpochs: 5), change.After);
        Assert.Equal(1300, change.PlanAfter.TotalBatches);
        Assert.Equal(
            """
            At epoch 50:
            value now: 0.333333 -> 0.333333
            value at the end: 0 at epoch 100 -> 0 at epoch 130
            plan.totalBatches: 1000 -> 1300
            epochs: 100 -> 130
            """,
            change.ToString());
    }

    [Theory]
    [InlineData(50, "The run has 100 epochs. To extend it, the new length must be above that; got 50.")]
    [InlineData(100, "The run has 100 epochs. To extend it, the new length must be above that; got 100.")]
    [InlineData(double.NaN, "The run has 100 epochs. To extend it, the new length must be above that; got NaN.")]
    public void Says_what_length_an_extended_run_may_have(double totalEpochs, string message) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => PlanChange.Extend(Plan, Boots, atEpochs: 50, totalEpochs)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(150, "The run has 100 epochs. To shorten it, the new length must be below that; got 150.")]
    [InlineData(40, "50 epochs are trained already; the run must end after them, got 40.")]
    public void Says_what_length_a_shortened_run_may_have(double totalEpochs, string message) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => PlanChange.Shorten(Plan, Boots, atEpochs: 50, totalEpochs)).Message, StringComparison.Ordinal);

    [Fact]
    public void Keeps_the_past_where_a_stretched_curve_would_rewrite_it()
    {
        var change = PlanChange.Extend(Plan, new CosineSchedule(100), atEpochs: 50, totalEpochs: 200);
        Assert.Equal(new SwitchSchedule(new CosineSchedule(100), new CosineSchedule(200), atEpochs: 50), change.After);
        Assert.Contains("value now: 0.5 -> 0.853553", change.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Shortens_and_drops_the_boots_that_no_longer_fit()
    {
        var change = PlanChange.Shorten(Plan, Boots, atEpochs: 20, totalEpochs: 60);
        Assert.Equal(new CawbSchedule(60, [40], Annealing.Linear(), stepScale: 0.5, warmupEpochs: 5), change.After);
        Assert.Contains(new ScheduleChange("bootEpochs", "[40, 70]", "[40]"), change.Difference.Changes);
    }

    [Fact]
    public void Cools_down_from_the_value_that_is_in_force()
    {
        var change = PlanChange.CoolDown(Plan, Boots, atEpochs: 55, decayEpochs: 10, end: Level.Factor(0.1));
        var now = Boots.ValueAt(55, 0.2);
        Assert.Equal(65, change.PlanAfter.Epochs);
        Assert.Equal(now, change.After.ValueAt(55, 0.2), 15);
        Assert.Equal(now * 0.55, change.After.ValueAt(60, 0.2), 15);
        Assert.Equal(now * 0.1, change.After.ValueAt(65, 0.2), 15);
        Assert.Equal(now * 0.1, change.After.ValueAt(90, 0.2), 15);
    }

    [Fact]
    public void Restarts_for_the_rest_of_the_run()
    {
        var change = PlanChange.Restart(Plan, new CosineSchedule(100), atEpochs: 60, scale: 0.5);
        Assert.Equal(0.5, change.After.ValueAt(60, 1));
        Assert.Equal(0.25, change.After.ValueAt(80, 1), 15);
        Assert.Equal(0, change.After.ValueAt(100, 1), 15);
        Assert.Equal(Plan, change.PlanAfter);
    }

    [Fact]
    public void A_stable_phase_takes_up_the_difference()
    {
        var change = PlanChange.Extend(Plan, new WarmupStableDecaySchedule(10, 70, 20), atEpochs: 75, totalEpochs: 150);
        Assert.Equal(new WarmupStableDecaySchedule(10, 120, 20), change.After);
    }

    [Fact]
    public void A_plateau_rule_stays_outermost() =>
        Assert.IsType<PlateauSchedule>(PlanChange.CoolDown(Plan, new PlateauSchedule(Boots, new PlateauRule()), 55, 10).After);

    [Fact]
    public void The_past_keeps_its_values_to_the_bit_whatever_the_schedule() =>
        Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue)), seed =>
        {
            var draws = new Draws(seed);
            var (schedule, now) = (draws.Any(), draws.Whole(1, 99));
            foreach (var make in new Func<PlanChange>[]
            {
                () => PlanChange.Extend(Plan, schedule, now, 130),
                () => PlanChange.Shorten(Plan, schedule, Math.Min(now, 50), 60),
                () => PlanChange.CoolDown(Plan, schedule, now, 10),
                () => PlanChange.Restart(Plan, schedule, now, 0.5),
            })
            {
                if (Try(make) is not { } change)
                    continue;
                for (var batch = 0; batch < Plan.BatchAt(change.AtEpochs); batch += 3)
                {
                    var epochs = Plan.EpochsFromBatches(batch);
                    Assert.Equal(schedule.ValueAt(epochs, 0.1), change.After.ValueAt(epochs, 0.1));
                }

                Assert.Equal(change.After, ScheduleText.Parse(change.After.CanonicalText));
                Assert.Equal(change.Before == change.After && change.PlanBefore == change.PlanAfter, change.Difference.IsEmpty);
            }
        }).Check(Config.QuickThrowOnFailure.WithReplay(20261129, 1).WithMaxTest(60));

    [Fact]
    public void A_scheduler_goes_on_under_the_change_with_its_position_and_base_rates()
    {
        var old = new LearningRateScheduler(Plan, [Boots, new CosineSchedule(100)], [0.1, 0.3]);
        old.MoveTo(555);
        var change = PlanChange.CoolDown(Plan, Boots, atEpochs: 55.5, decayEpochs: 10);
        var fresh = new LearningRateScheduler(change.PlanAfter, [change.After, new CosineSchedule(100)], [1, 1]);
        fresh.Restore(SchedulerState.FromJson(old.CaptureState().ToJson()), change);
        Assert.Equal(555, fresh.Position);
        Assert.Equal(old.LearningRates, fresh.LearningRates);
        fresh.MoveTo(655);
        Assert.Equal(0, fresh.LearningRates[0]);

        Assert.Throws<ScheduleMismatchException>(() => fresh.Restore(old.CaptureState()));
        Assert.Throws<ScheduleMismatchException>(() => fresh.Restore(fresh.CaptureState(), change));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(90)]
    [InlineData(double.NaN)]
    public void Extending_means_longer(double totalEpochs) => Assert.Throws<ArgumentException>(() => PlanChange.Extend(Plan, Boots, 50, totalEpochs));

    [Theory]
    [InlineData(100)]
    [InlineData(50)]
    public void Shortening_means_shorter_but_not_into_the_past(double totalEpochs) =>
        Assert.Throws<ArgumentException>(() => PlanChange.Shorten(Plan, Boots, 50, totalEpochs));

    [Fact]
    public void A_run_ends_with_a_whole_batch()
    {
        var fault = Assert.Throws<ArgumentException>(() => PlanChange.Extend(Plan, Boots, 50, 130.55));
        Assert.StartsWith("The run cannot end at 130.55 epochs: with 10 batches per epoch that is no whole number of batches.", fault.Message, StringComparison.Ordinal);
    }

    private static PlanChange? Try(Func<PlanChange> make)
    {
        try
        {
            return make();
        }
        catch (ArgumentException)
        {
            // Not every schedule can end everywhere, and it says so.
            return null;
        }
    }
}
