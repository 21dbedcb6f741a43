namespace Cawb;

/// <summary>Listed levels at listed epochs with lines or half cosines between them; flat before the first and after the last.</summary>
/// <remarks>
/// <c>value(t) = a + (b - a) s</c> between the points (ta, a) and (tb, b), with <c>s = (t - ta) / (tb - ta)</c>, or <c>(1 - cos(pi (t - ta) / (tb - ta))) / 2</c>.
/// Source: NumPy's <c>interp</c>. Differs from optax' <c>piecewise_interpolate_schedule</c>, whose scales are cumulated products.
/// </remarks>
public sealed record InterpolatedSchedule : Schedule
{
    internal static ObjectFormat<Schedule> TextFormat { get; } = ObjectFormat<Schedule>.Of<InterpolatedSchedule>(
        "interpolated",
        "Listed levels at listed epochs with lines or half cosines between them.",
        [
            Field<InterpolatedSchedule>.Times("pointEpochs", schedule => schedule.PointEpochs, "Where the levels lie, rising, the first 0 or later.", NumberRange.NotNegative),
            Field<InterpolatedSchedule>.Levels("levels", schedule => schedule.Levels, "One for each point."),
            Field<InterpolatedSchedule>.Choice("interpolation", schedule => schedule.Interpolation, "What lies between two points.", Interpolation.Linear),
        ],
        values => new InterpolatedSchedule(values.Numbers("pointEpochs"), values.Levels("levels"), values.Choice<Interpolation>("interpolation")));

    private readonly ValueList<double> points;
    private readonly ValueList<Level> levels;

    /// <summary>Points of a curve.</summary>
    /// <param name="pointEpochs">At least one; rising, the first 0 or later.</param>
    /// <param name="levels">One for each point.</param>
    /// <param name="interpolation">What lies between two points.</param>
    /// <exception cref="ArgumentException">The points do not rise, or the counts do not fit.</exception>
    public InterpolatedSchedule(IEnumerable<double> pointEpochs, IEnumerable<Level> levels, Interpolation interpolation = Interpolation.Linear)
    {
        points = new ValueList<double>(Require.NotNull(pointEpochs));
        if (points.Count == 0)
            throw new ArgumentException("There must be at least one point; got none.", nameof(pointEpochs));
        Require.NotNegative(points[0], nameof(pointEpochs));
        for (var i = 1; i < points.Count; i++)
        {
            if (!double.IsFinite(points[i]) || points[i] <= points[i - 1])
                throw new ArgumentException($"Point {i} is at epoch {Require.Text(points[i])}; it must be a finite number after {Require.Text(points[i - 1])}.", nameof(pointEpochs));
        }

        this.levels = new ValueList<Level>(Require.NotNull(levels));
        if (this.levels.Count != points.Count)
            throw new ArgumentException($"There are {this.levels.Count} levels for {points.Count} points; there must be one for each.", nameof(levels));
        Interpolation = Require.Defined(interpolation);
        IsRelative = !this.levels.Any(level => level.IsAbsolute);
    }

    /// <summary>Where the levels lie, in epochs, rising.</summary>
    public IReadOnlyList<double> PointEpochs => points;

    /// <summary>One for each point.</summary>
    public IReadOnlyList<Level> Levels => levels;

    /// <summary>What lies between two points.</summary>
    public Interpolation Interpolation { get; }

    /// <inheritdoc/>
    public override bool IsRelative { get; }

    /// <inheritdoc/>
    public override double EndEpochs => points[^1];

    internal override ObjectFormat<Schedule> Format => TextFormat;

    /// <inheritdoc/>
    public override double ValueAt(double epochs, double baseValue)
    {
        var next = Boundaries.CountUpTo(points, epochs);
        if (next == 0)
            return levels[0].Of(baseValue);
        if (next == points.Count)
            return levels[^1].Of(baseValue);
        var progress = (epochs - points[next - 1]) / (points[next] - points[next - 1]);
        var span = new LevelSpan(levels[next - 1], levels[next]);
        var share = Interpolation == Interpolation.Linear ? 1 - progress : HalfCosine.At(progress);
        return span.ValueAt(share, baseValue);
    }

    internal override Formula FormulaAt(double epochs, double baseValue)
    {
        var next = Boundaries.CountUpTo(points, epochs);
        if (next == 0 || next == points.Count)
            return Formula.Of("level", levels[next == 0 ? 0 : ^1]) with { Stretch = "the time before the first point" };
        var (from, to) = (points[next - 1], points[next]);
        return new Formula(
            LevelSpan.Formula(Interpolation, "last", "next", "x / length"),
            ("last", levels[next - 1].Of(baseValue)), ("next", levels[next].Of(baseValue)), ("x", epochs - from), ("length", to - from))
        {
            Stretch = $"the way from point {next} to point {next + 1}",
        };
    }

    /// <inheritdoc/>
    public override double ConstantUntil(double epochs) =>
        epochs < points[0] ? points[0] : epochs >= points[^1] ? double.PositiveInfinity : epochs;

    /// <inheritdoc/>
    public override IEnumerable<ScheduleEvent> Events(double endEpochs)
    {
        var inner = points.Take(points.Count - 1).Where(point => point > 0).ToList();
        for (var i = 0; i < inner.Count && inner[i] <= endEpochs; i++)
            yield return new ScheduleEvent(ScheduleEventKind.Phase, inner[i], i);
        if (EndEpochs <= endEpochs)
            yield return new ScheduleEvent(ScheduleEventKind.End, EndEpochs, Index: 0);
    }
}
