using System.Text;

namespace Cawb;

/// <summary>A change of a running schedule on purpose: what it was, what it becomes, and what differs, in words.</summary>
/// <remarks>
/// The past stays what it was: before <see cref="AtEpochs"/> the new schedule gives the old values to the bit.
/// A fresh scheduler with the new plan and schedule takes the state of the old one through <see cref="LearningRateScheduler.Restore(SchedulerState, PlanChange)"/>.
/// </remarks>
public sealed record PlanChange
{
    private PlanChange(TrainingPlan planBefore, TrainingPlan planAfter, Schedule before, Schedule after, double atEpochs)
    {
        PlanBefore = planBefore;
        PlanAfter = planAfter;
        Before = before;
        After = after;
        AtEpochs = atEpochs;
        Difference = new ScheduleDifference(
            ScheduleDifference.Between(planBefore, planAfter).Changes.Concat(ScheduleDifference.Between(before, after).Changes));
    }

    /// <summary>The plan so far.</summary>
    public TrainingPlan PlanBefore { get; }

    /// <summary>The plan from now on.</summary>
    public TrainingPlan PlanAfter { get; }

    /// <summary>The schedule so far.</summary>
    public Schedule Before { get; }

    /// <summary>The schedule from now on; equal to the old one in the past.</summary>
    public Schedule After { get; }

    /// <summary>Now, in epochs.</summary>
    public double AtEpochs { get; }

    /// <summary>What differs between the plans and the schedules.</summary>
    public ScheduleDifference Difference { get; }

    /// <summary>A longer run.</summary>
    /// <remarks>
    /// What happens to the schedule: curves and the last segment or cycle are stretched to the new end, a one-cycle as a whole; a stable phase grows and its decay moves; boots and restarts stay where they
    /// are; steps, exponentials and repetitions, which have no end, go on. The value may jump now, because a stretched curve has come less far; the difference shows it.
    /// </remarks>
    /// <param name="plan">The plan so far.</param>
    /// <param name="schedule">The schedule so far.</param>
    /// <param name="atEpochs">Now, from 0 to the plan's end.</param>
    /// <param name="totalEpochs">The new length of the run, a whole number of batches, longer than before.</param>
    /// <exception cref="ArgumentException">The run would not be longer, or now lies outside it.</exception>
    public static PlanChange Extend(TrainingPlan plan, Schedule schedule, double atEpochs, double totalEpochs) =>
        totalEpochs > Require.NotNull(plan).Epochs
            ? WithEnd(plan, schedule, atEpochs, totalEpochs)
            : throw new ArgumentException($"The run has {Counted.Of(Require.Text(plan.Epochs), "epoch")}. To extend it, the new length must be above that; got {Require.Text(totalEpochs)}.", nameof(totalEpochs));

    /// <summary>A shorter run: curves are compressed, and what would come after the new end goes.</summary>
    /// <param name="plan">The plan so far.</param>
    /// <param name="schedule">The schedule so far.</param>
    /// <param name="atEpochs">Now, from 0 to the new end.</param>
    /// <param name="totalEpochs">The new length of the run, a whole number of batches, shorter than before.</param>
    /// <exception cref="ArgumentException">The run would not be shorter, now lies behind its end, or the schedule cannot end there.</exception>
    public static PlanChange Shorten(TrainingPlan plan, Schedule schedule, double atEpochs, double totalEpochs)
    {
        if (!(totalEpochs < Require.NotNull(plan).Epochs))
            throw new ArgumentException($"The run has {Counted.Of(Require.Text(plan.Epochs), "epoch")}. To shorten it, the new length must be below that; got {Require.Text(totalEpochs)}.", nameof(totalEpochs));
        if (!(totalEpochs > atEpochs))
            throw new ArgumentException($"{Counted.Of(Require.Text(atEpochs), "epoch")} {(atEpochs == 1 ? "is" : "are")} trained already; the run must end after them, got {Require.Text(totalEpochs)}.", nameof(totalEpochs));
        return WithEnd(plan, schedule, atEpochs, totalEpochs);
    }

    /// <summary>Leaves the schedule now and lets the value decay from where it is; the run ends when the decay does.</summary>
    /// <param name="plan">The plan so far.</param>
    /// <param name="schedule">The schedule so far.</param>
    /// <param name="atEpochs">Now, above 0 and up to the plan's end.</param>
    /// <param name="decayEpochs">Length of the decay, above 0; now plus this is a whole number of batches.</param>
    /// <param name="end">Where the decay ends: a factor of the value now, or an absolute value.</param>
    /// <param name="shape">How it decays.</param>
    /// <exception cref="ArgumentException">A value outside its range.</exception>
    public static PlanChange CoolDown(
        TrainingPlan plan, Schedule schedule, double atEpochs, double decayEpochs, Level end = default, DecayShape shape = DecayShape.Linear)
    {
        CheckNow(plan, atEpochs);
        Require.Positive(atEpochs);
        var decay = new WarmupStableDecaySchedule(0, atEpochs, decayEpochs, Level.Zero, Level.Base, end, shape);
        return new PlanChange(
            plan, WithTotal(plan, atEpochs + decayEpochs), schedule, Around(schedule, inner => new ProductSchedule(new HoldFromSchedule(inner, atEpochs), decay)), atEpochs);
    }

    /// <summary>Starts the schedule again now, with its end moved to the end of the run.</summary>
    /// <param name="plan">The plan so far, which stays.</param>
    /// <param name="schedule">The schedule so far.</param>
    /// <param name="atEpochs">Now, above 0 and before the plan's end.</param>
    /// <param name="scale">What the new start is multiplied by, 0 or above.</param>
    /// <exception cref="ArgumentException">A value outside its range, or the rest of the run is too short for the schedule.</exception>
    public static PlanChange Restart(TrainingPlan plan, Schedule schedule, double atEpochs, double scale = 1)
    {
        CheckNow(plan, atEpochs);
        Require.Positive(atEpochs);
        if (atEpochs >= plan.Epochs)
            throw new ArgumentException($"The run ends at {Counted.Of(Require.Text(plan.Epochs), "epoch")}; there is nothing left to restart for. Extend it first.", nameof(atEpochs));
        return new PlanChange(plan, plan, schedule, Around(schedule, Restarted), atEpochs);

        Schedule Restarted(Schedule inner)
        {
            var again = inner.WithEnd(plan.Epochs - atEpochs);
            return new SequenceSchedule([inner, scale == 1 ? again : new ScaleSchedule(again, scale)], [atEpochs]);
        }
    }

    /// <summary>A paragraph for people: when, the value now and at the end before and after as multiples of a base of 1, and every difference.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append("At epoch ").Append(Require.Text(AtEpochs)).Append(":\n");
        text.Append("value now: ").Append(Short(Before, AtEpochs)).Append(" -> ").Append(Short(After, AtEpochs)).Append('\n');
        text.Append("value at the end: ").Append(Short(Before, PlanBefore.Epochs)).Append(" at epoch ").Append(Require.Text(PlanBefore.Epochs));
        text.Append(" -> ").Append(Short(After, PlanAfter.Epochs)).Append(" at epoch ").Append(Require.Text(PlanAfter.Epochs)).Append('\n');
        return text.Append(Difference).ToString();
    }

    private static string Short(Schedule schedule, double epochs) =>
        Insight.InsightText.Number(schedule.ValueAt(epochs, 1));

    private static PlanChange WithEnd(TrainingPlan plan, Schedule schedule, double atEpochs, double totalEpochs)
    {
        CheckNow(plan, atEpochs);
        return new PlanChange(plan, WithTotal(plan, totalEpochs), schedule, Around(schedule, inner => Moved(plan, inner, atEpochs, totalEpochs)), atEpochs);
    }

    // Where the moved schedule agrees with the past there is nothing to keep, and its text stays simple.
    private static Schedule Moved(TrainingPlan plan, Schedule schedule, double atEpochs, double totalEpochs)
    {
        var moved = schedule.WithEnd(totalEpochs);
        return moved == schedule || AgreesInThePast(plan, schedule, moved, atEpochs) ? moved : new SwitchSchedule(schedule, moved, atEpochs);
    }

    private static bool AgreesInThePast(TrainingPlan plan, Schedule before, Schedule after, double atEpochs)
    {
        var now = plan.BatchAt(atEpochs);
        // Two bases tell absolute levels from relative ones.
        for (long batch = 0; batch < now; batch++)
        {
            var epochs = plan.EpochsFromBatches(batch);
            if (before.ValueAt(epochs, 1) != after.ValueAt(epochs, 1) || before.ValueAt(epochs, 0.1) != after.ValueAt(epochs, 0.1))
                return false;
        }

        return true;
    }

    // A plateau rule stays outermost, with its state.
    private static Schedule Around(Schedule schedule, Func<Schedule, Schedule> change) =>
        Require.NotNull(schedule) is PlateauSchedule plateau ? new PlateauSchedule(change(plateau.Schedule), plateau.Rule) : change(schedule);

    private static void CheckNow(TrainingPlan plan, double atEpochs) => Require.Between(atEpochs, 0, Require.NotNull(plan).Epochs);

    private static TrainingPlan WithTotal(TrainingPlan plan, double totalEpochs)
    {
        Require.Positive(totalEpochs);
        var batches = plan.BatchAt(totalEpochs);
        if (batches == long.MaxValue || Math.Abs(plan.EpochsFromBatches(batches) - totalEpochs) > 1e-9 * totalEpochs)
            throw new ArgumentException($"The run cannot end at {Counted.Of(Require.Text(totalEpochs), "epoch")}: with {Counted.Of(plan.BatchesPerEpoch, "batch", "batches")} per epoch that is no whole number of batches.", nameof(totalEpochs));
        return TrainingPlan.Restored(batches, plan.BatchesPerEpoch, plan.Accumulation, plan.SamplesPerEpoch);
    }
}
