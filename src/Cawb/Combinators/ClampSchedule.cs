namespace Cawb;

/// <summary>A schedule kept between two levels.</summary>
/// <remarks>
/// <c>value(t) = min(max(inner(t), min), max)</c>. Where the two levels cross for a group, because one is absolute and the other is not, the upper one wins.
/// Source: the <c>end_value</c> of optax' <c>exponential_decay</c>, for any schedule. Differs from it in that there is an upper level too.
/// </remarks>
public sealed record ClampSchedule : Schedule
{
    internal static ObjectFormat<Schedule> TextFormat { get; } = ObjectFormat<Schedule>.Of<ClampSchedule>(
        "clamp",
        "A schedule kept between two levels.",
        [
            Field<ClampSchedule>.Level("min", schedule => schedule.Min, "Never below this.", Level.Zero),
            Field<ClampSchedule>.Level("max", schedule => schedule.Max, "Never above this.", Level.Base),
            Field<ClampSchedule>.Schedule("schedule", schedule => schedule.Schedule, "What is clamped.", EndMove.Follows),
        ],
        values => new ClampSchedule(values.Schedule("schedule"), values.Level("min"), values.Level("max")));

    /// <summary>A clamped schedule.</summary>
    /// <param name="schedule">What is clamped.</param>
    /// <param name="min">Never below this.</param>
    /// <param name="max">Never above this; not below <paramref name="min"/> where both are of the same kind.</param>
    /// <exception cref="ArgumentException">The levels are of the same kind and crossed.</exception>
    public ClampSchedule(Schedule schedule, Level min, Level max)
    {
        Schedule = PartList.Inner(schedule);
        Min = min;
        Max = max;
        if (min.IsAbsolute == max.IsAbsolute && max.Amount < min.Amount)
            throw new ArgumentException($"The upper level {max} lies below the lower level {min}.", nameof(max));
    }

    /// <summary>What is clamped.</summary>
    public Schedule Schedule { get; }

    /// <summary>Never below this.</summary>
    public Level Min { get; }

    /// <summary>Never above this.</summary>
    public Level Max { get; }

    /// <inheritdoc/>
    public override bool IsRelative => Schedule.IsRelative && !Min.IsAbsolute && !Max.IsAbsolute;

    /// <inheritdoc/>
    public override double EndEpochs => Schedule.EndEpochs;

    internal override ObjectFormat<Schedule> Format => TextFormat;

    /// <inheritdoc/>
    public override double ValueAt(double epochs, double baseValue) => IsRelative
        ? baseValue * Math.Min(Math.Max(Schedule.ValueAt(epochs, 1), Min.Amount), Max.Amount)
        : Math.Min(Math.Max(Schedule.ValueAt(epochs, baseValue), Min.Of(baseValue)), Max.Of(baseValue));

    internal override Formula FormulaAt(double epochs, double baseValue)
    {
        var inner = Schedule.ValueAt(epochs, baseValue);
        var place = inner > Max.Of(baseValue) ? "Above the upper level, which holds." : inner < Min.Of(baseValue) ? "Below the lower level, which holds." : "Between the two levels.";
        return Formula.Of("min(max(inner, min), max)", place, Schedule, epochs, baseValue) with { Calculated = "min(max(inner, min), max)" };
    }

    /// <inheritdoc/>
    public override double ConstantUntil(double epochs) => Schedule.ConstantUntil(epochs);

    /// <inheritdoc/>
    public override IEnumerable<ScheduleEvent> Events(double endEpochs) => Schedule.Events(endEpochs);
}
