namespace Cawb;

/// <summary>A schedule that a metric reduces further when it no longer improves.</summary>
/// <remarks>
/// <para>The value is that of the inner schedule times the factor for each reduction, <c>value(t) = inner(t) * factor^reductions</c>, not below the rule's level unless the inner schedule is. As a pure function of time it is the
/// inner schedule: reductions come from <see cref="LearningRateScheduler.ReportMetric"/>, and the scheduler's state holds them.</para>
/// <para>Source: PyTorch's <c>ReduceLROnPlateau</c>. Differs from it in that it goes around any schedule, and in that a reduction smaller than 1e-8 counts too unless the rule says so.</para>
/// <para>It stands outermost: a multiplier of the whole. Other compositions refuse it as a part and say so.</para>
/// </remarks>
public sealed record PlateauSchedule : Schedule
{
    internal static ObjectFormat<Schedule> TextFormat { get; } = ObjectFormat<Schedule>.Of<PlateauSchedule>(
        "plateau",
        "A schedule that a metric reduces further when it no longer improves.",
        [
            Field<PlateauSchedule>.Number("factor", schedule => schedule.Rule.Factor, "What each reduction multiplies by, below 1.", NumberRange.Factor, 0.1),
            Field<PlateauSchedule>.Number("patience", schedule => schedule.Rule.Patience, "Reports without improvement that are put up with.", NumberRange.WholeNotNegative, 10),
            Field<PlateauSchedule>.Choice("goal", schedule => schedule.Rule.Goal, "Which way the metric gets better.", MetricGoal.Minimize),
            Field<PlateauSchedule>.Number("threshold", schedule => schedule.Rule.Threshold, "How much better counts as better.", NumberRange.NotNegative, 1e-4),
            Field<PlateauSchedule>.Choice("thresholdMode", schedule => schedule.Rule.ThresholdMode, "A share of the best, or an amount.", ThresholdMode.Relative),
            Field<PlateauSchedule>.Number("cooldown", schedule => schedule.Rule.Cooldown, "Reports after a reduction that count for nothing.", NumberRange.WholeNotNegative, 0),
            Field<PlateauSchedule>.Level("min", schedule => schedule.Rule.Min, "No reduction goes below this.", Level.Zero),
            Field<PlateauSchedule>.Number("minChange", schedule => schedule.Rule.MinChange, "A reduction that would take no more than this away is not made.", NumberRange.NotNegative, 0),
            Field<PlateauSchedule>.Schedule("schedule", schedule => schedule.Schedule, "What is reduced.", EndMove.Follows),
        ],
        values => new PlateauSchedule(
            values.Schedule("schedule"),
            new PlateauRule(
                values.Number("factor"),
                values.Count("patience"),
                values.Choice<MetricGoal>("goal"),
                values.Number("threshold"),
                values.Choice<ThresholdMode>("thresholdMode"),
                values.Count("cooldown"),
                values.Level("min"),
                values.Number("minChange"))));

    /// <summary>A schedule with a plateau rule around it.</summary>
    /// <param name="schedule">What is reduced; no plateau schedule itself.</param>
    /// <param name="rule">When and by how much.</param>
    /// <exception cref="ArgumentException">The schedule has a plateau rule already.</exception>
    public PlateauSchedule(Schedule schedule, PlateauRule rule)
    {
        Schedule = PartList.Inner(schedule);
        Rule = Require.NotNull(rule);
    }

    /// <summary>What is reduced.</summary>
    public Schedule Schedule { get; }

    /// <summary>When and by how much.</summary>
    public PlateauRule Rule { get; }

    /// <inheritdoc/>
    public override bool IsRelative => Schedule.IsRelative;

    /// <inheritdoc/>
    public override double EndEpochs => Schedule.EndEpochs;

    internal override ObjectFormat<Schedule> Format => TextFormat;

    /// <summary>The value before any reduction.</summary>
    /// <inheritdoc/>
    public override double ValueAt(double epochs, double baseValue) => Schedule.ValueAt(epochs, baseValue);

    /// <summary>The value after a number of reductions.</summary>
    /// <param name="epochs">As for <see cref="ValueAt(double, double)"/>.</param>
    /// <param name="baseValue">As for <see cref="ValueAt(double, double)"/>.</param>
    /// <param name="reductions">0 or more.</param>
    public double ValueAt(double epochs, double baseValue, int reductions) => Reduced(Schedule.ValueAt(epochs, baseValue), baseValue, reductions);

    internal override Formula FormulaAt(double epochs, double baseValue)
    {
        const string Text = "inner * factor ** reductions";
        const string Place = "Before any reduction; those that metrics cause are in the scheduler's state.";
        return Formula.Of(Text, Place, Schedule, epochs, baseValue, ("reductions", 0)) with { Calculated = Text };
    }

    /// <inheritdoc/>
    public override double ConstantUntil(double epochs) => Schedule.ConstantUntil(epochs);

    /// <inheritdoc/>
    public override IEnumerable<ScheduleEvent> Events(double endEpochs) => Schedule.Events(endEpochs);

    internal double Reduced(double value, double baseValue, int reductions)
    {
        var floor = Math.Min(value, Rule.Min.Of(baseValue));
        if (Rule.MinChange == 0)
            return reductions == 0 ? value : Math.Max(value * Math.Pow(Rule.Factor, reductions), floor);
        // Each reduction takes less away than the one before: the first that is too small ends them all.
        var reduced = value;
        for (var made = 1; made <= reductions; made++)
        {
            var next = Math.Max(reduced * Rule.Factor, floor);
            if (reduced - next <= Rule.MinChange)
                break;
            reduced = next;
        }

        return reduced;
    }
}
