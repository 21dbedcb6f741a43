namespace Cawb.Foreign;

/// <summary>A run as a list of levels, one for each step: what there is where none of our shapes has a library's numbers.</summary>
internal static class LevelTable
{
    /// <param name="own">The library's schedule, in its own unit.</param>
    /// <param name="clock">The steps of the run.</param>
    /// <param name="stepsPerUnit">How many of them are one unit of the schedule's own time.</param>
    /// <param name="baseValue">Of the group; it is written into the list where the schedule is no factor of it.</param>
    /// <returns>The list; null where the run has too many steps or a value below 0.</returns>
    public static Schedule? Of(Schedule own, Clock clock, double stepsPerUnit, double baseValue)
    {
        if (clock.RunSteps > Clock.MostBoundaries)
            return null;
        var (steps, values) = (new List<double>(), new List<double>());
        for (var step = 0; step < clock.RunSteps; step++)
        {
            var value = own.ValueAt(step / stepsPerUnit, own.IsRelative ? 1 : baseValue);
            if (!(value >= 0 && double.IsFinite(value)))
                return null;
            if (step > 0 && value == values[^1])
                continue;
            values.Add(value);
            steps.Add(step);
        }
        return Shapes.Levels(clock, [.. steps.Skip(1)], [.. values.Select(value => own.IsRelative ? Level.Factor(value) : Level.Absolute(value))]);
    }

    /// <summary>Whether a schedule is known to change at whole epochs only.</summary>
    public static bool StaysWithinEpochs(Schedule schedule) => schedule switch
    {
        ConstantSchedule => true,
        StepSchedule step => IsWhole(step.IntervalEpochs),
        MultiStepSchedule steps => steps.MilestoneEpochs.All(IsWhole),
        PiecewiseConstantSchedule levels => levels.BoundaryEpochs.All(IsWhole),
        ScaleSchedule scaled => StaysWithinEpochs(scaled.Schedule),
        ShiftSchedule shifted => IsWhole(shifted.OffsetEpochs) && StaysWithinEpochs(shifted.Schedule),
        ProductSchedule product => product.Parts.All(StaysWithinEpochs),
        SequenceSchedule sequence => sequence.BoundaryEpochs.All(IsWhole) && sequence.Parts.All(StaysWithinEpochs),
        HoldPerEpochSchedule => true,
        _ => false,
    };

    private static bool IsWhole(double epochs) => epochs == Math.Floor(epochs);
}
