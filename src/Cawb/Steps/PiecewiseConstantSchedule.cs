namespace Cawb;

/// <summary>Listed levels between listed epochs.</summary>
/// <remarks>
/// <c>value(t) = level[k]</c> with k boundaries at or before t: a boundary belongs to the level that it starts. Source: optax' <c>piecewise_constant_schedule</c>.
/// Differs from Keras' <c>PiecewiseConstantDecay</c>, which keeps the old value through the boundary step.
/// </remarks>
public sealed record PiecewiseConstantSchedule : Schedule
{
    internal static ObjectFormat<Schedule> TextFormat { get; } = ObjectFormat<Schedule>.Of<PiecewiseConstantSchedule>(
        "piecewiseConstant",
        "Listed levels between listed epochs.",
        [
            Field<PiecewiseConstantSchedule>.Times("boundaryEpochs", schedule => schedule.BoundaryEpochs, "When the level changes, rising.", NumberRange.Positive),
            Field<PiecewiseConstantSchedule>.Levels("levels", schedule => schedule.Levels, "One more than boundaries."),
        ],
        values => new PiecewiseConstantSchedule(values.Numbers("boundaryEpochs"), values.Levels("levels")));

    private readonly ValueList<double> boundaries;
    private readonly ValueList<Level> levels;

    /// <summary>Levels and the moments between them.</summary>
    /// <param name="boundaryEpochs">When the level changes: after 0 and rising; may be empty.</param>
    /// <param name="levels">One more than boundaries.</param>
    /// <exception cref="ArgumentException">The boundaries do not rise, or the counts do not fit.</exception>
    public PiecewiseConstantSchedule(IEnumerable<double> boundaryEpochs, IEnumerable<Level> levels)
    {
        boundaries = Boundaries.Checked(boundaryEpochs);
        this.levels = new ValueList<Level>(Require.NotNull(levels));
        if (this.levels.Count != boundaries.Count + 1)
            throw new ArgumentException($"There are {this.levels.Count} levels for {boundaries.Count} boundaries; there must be one more.", nameof(levels));
        IsRelative = !this.levels.Any(level => level.IsAbsolute);
    }

    /// <summary>When the level changes, in epochs, rising.</summary>
    public IReadOnlyList<double> BoundaryEpochs => boundaries;

    /// <summary>One more than boundaries.</summary>
    public IReadOnlyList<Level> Levels => levels;

    /// <inheritdoc/>
    public override bool IsRelative { get; }

    /// <inheritdoc/>
    public override double EndEpochs => boundaries.Count > 0 ? boundaries[^1] : 0;

    internal override ObjectFormat<Schedule> Format => TextFormat;

    /// <inheritdoc/>
    public override double ValueAt(double epochs, double baseValue) => levels[Boundaries.CountUpTo(boundaries, epochs)].Of(baseValue);

    internal override Formula FormulaAt(double epochs, double baseValue)
    {
        var index = Boundaries.CountUpTo(boundaries, epochs);
        return Formula.Of("level", levels[index]) with { Stretch = $"level {index + 1} of {levels.Count}" };
    }

    /// <inheritdoc/>
    public override double ConstantUntil(double epochs) => Boundaries.Next(boundaries, epochs);

    /// <inheritdoc/>
    public override IEnumerable<ScheduleEvent> Events(double endEpochs) =>
        boundaries.TakeWhile(boundary => boundary <= endEpochs).Select((boundary, i) => new ScheduleEvent(ScheduleEventKind.Phase, boundary, i));
}
