namespace Cawb;

/// <summary>One cycle: up to a peak, down to far below the start; then flat.</summary>
/// <remarks>
/// Two phases: start to peak over the rise, peak to end over the rest. Three phases: start to peak, back to start in as many epochs, start to end over the rest. Each is half a
/// cosine or a line. Source: Smith and Topin, "Super-convergence", arXiv:1708.07120; fast.ai for the two phases. Momentum moves the other way: the same
/// schedule with a peak below its start and an end equal to it.
/// Differs from PyTorch's <c>OneCycleLR</c>: phases end where they are said to and not one step before, nothing is extrapolated past the end, and
/// levels may be factors of each group's own base.
/// </remarks>
public sealed record OneCycleSchedule : Schedule
{
    internal static ObjectFormat<Schedule> TextFormat { get; } = ObjectFormat<Schedule>.Of<OneCycleSchedule>(
        "oneCycle",
        "Up to a peak and down to far below the start.",
        [
            Field<OneCycleSchedule>.Time("totalEpochs", schedule => schedule.TotalEpochs, "Length of the cycle in epochs.", NumberRange.Positive, EndMove.Follows),
            Field<OneCycleSchedule>.Time("riseEpochs", schedule => schedule.RiseEpochs, "Length of the way to the peak in epochs.", NumberRange.Positive, EndMove.Scales),
            Field<OneCycleSchedule>.Level("start", schedule => schedule.Start, "Where the cycle starts."),
            Field<OneCycleSchedule>.Level("peak", schedule => schedule.Peak, "Where it turns.", Level.Base),
            Field<OneCycleSchedule>.Level("end", schedule => schedule.End, "Where it ends."),
            Field<OneCycleSchedule>.Choice("interpolation", schedule => schedule.Interpolation, "What the phases look like.", Interpolation.Cosine),
            Field<OneCycleSchedule>.Flag("hasThreePhases", schedule => schedule.HasThreePhases, "Whether the value comes back to the start before it falls to the end."),
        ],
        values => new OneCycleSchedule(
            values.Number("totalEpochs"),
            values.Number("riseEpochs"),
            values.Level("start"),
            values.Level("peak"),
            values.Level("end"),
            values.Choice<Interpolation>("interpolation"),
            values.Flag("hasThreePhases")));

    /// <summary>The usual proportions: a rise over 30 % of the time from a 25th of the base to the base, an end 10,000 times below the start.</summary>
    /// <param name="totalEpochs">Length of the cycle in epochs, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0.</exception>
    public OneCycleSchedule(double totalEpochs)
        : this(totalEpochs, 0.3 * totalEpochs, Level.Factor(1 / 25.0), Level.Base, Level.Factor(1 / 25.0 / 1e4))
    {
    }

    /// <summary>Any proportions and levels.</summary>
    /// <param name="totalEpochs">Length of the cycle in epochs, above 0.</param>
    /// <param name="riseEpochs">Length of the way to the peak, above 0; below the total, below half of it with three phases.</param>
    /// <param name="start">Where the cycle starts.</param>
    /// <param name="peak">Where it turns.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="interpolation">What the phases look like.</param>
    /// <param name="hasThreePhases">Whether the value comes back to the start before it falls to the end.</param>
    /// <exception cref="ArgumentException">A value outside its range, or phases longer than the cycle.</exception>
    public OneCycleSchedule(
        double totalEpochs, double riseEpochs, Level start, Level peak, Level end, Interpolation interpolation = Interpolation.Cosine, bool hasThreePhases = false)
    {
        TotalEpochs = Require.Positive(totalEpochs);
        RiseEpochs = Require.Positive(riseEpochs);
        Start = start;
        Peak = peak;
        End = end;
        Interpolation = Require.Defined(interpolation);
        HasThreePhases = hasThreePhases;
        if (FallStartEpochs >= totalEpochs)
        {
            throw new ArgumentException(
                $"The {(hasThreePhases ? "rise and the way back" : "rise")} must end before the cycle of {Require.Text(totalEpochs)} epochs does; they take {Require.Text(FallStartEpochs)}.",
                nameof(riseEpochs));
        }
    }

    /// <summary>Length of the cycle, in epochs.</summary>
    public double TotalEpochs { get; }

    /// <summary>Length of the way to the peak, in epochs.</summary>
    public double RiseEpochs { get; }

    /// <summary>Where the cycle starts.</summary>
    public Level Start { get; }

    /// <summary>Where it turns.</summary>
    public Level Peak { get; }

    /// <summary>Where it ends.</summary>
    public Level End { get; }

    /// <summary>What the phases look like.</summary>
    public Interpolation Interpolation { get; }

    /// <summary>Whether the value comes back to the start before it falls to the end.</summary>
    public bool HasThreePhases { get; }

    /// <inheritdoc/>
    public override bool IsRelative => !Start.IsAbsolute && !Peak.IsAbsolute && !End.IsAbsolute;

    /// <inheritdoc/>
    public override double EndEpochs => TotalEpochs;

    internal override ObjectFormat<Schedule> Format => TextFormat;

    private double FallStartEpochs => HasThreePhases ? 2 * RiseEpochs : RiseEpochs;

    /// <inheritdoc/>
    public override double ValueAt(double epochs, double baseValue)
    {
        if (epochs < RiseEpochs)
            return Phase(Start, Peak, Math.Max(epochs, 0) / RiseEpochs, baseValue);
        if (epochs < FallStartEpochs)
            return Phase(Peak, Start, (epochs - RiseEpochs) / RiseEpochs, baseValue);
        return Phase(HasThreePhases ? Start : Peak, End, Math.Min(1, (epochs - FallStartEpochs) / (TotalEpochs - FallStartEpochs)), baseValue);
    }

    internal override Formula FormulaAt(double epochs, double baseValue)
    {
        var (number, from, to, start, end) = epochs < RiseEpochs ? (1, "start", "peak", 0, RiseEpochs)
            : epochs < FallStartEpochs ? (2, "peak", "start", RiseEpochs, FallStartEpochs)
            : (HasThreePhases ? 3 : 2, HasThreePhases ? "start" : "peak", "end", FallStartEpochs, TotalEpochs);
        return new Formula(LevelSpan.Formula(Interpolation, from, to, "x / length"), ("x", Math.Min(epochs, end) - start), ("length", end - start))
        {
            Stretch = $"phase {number} of {(HasThreePhases ? 3 : 2)}",
        };
    }

    /// <inheritdoc/>
    public override double ConstantUntil(double epochs) => epochs >= TotalEpochs ? double.PositiveInfinity : epochs;

    /// <inheritdoc/>
    public override IEnumerable<ScheduleEvent> Events(double endEpochs)
    {
        if (RiseEpochs <= endEpochs)
            yield return new ScheduleEvent(ScheduleEventKind.WarmupEnd, RiseEpochs, Index: 0);
        if (HasThreePhases && FallStartEpochs <= endEpochs)
            yield return new ScheduleEvent(ScheduleEventKind.Phase, FallStartEpochs, Index: 0);
        if (TotalEpochs <= endEpochs)
            yield return new ScheduleEvent(ScheduleEventKind.End, TotalEpochs, Index: 0);
    }

    private double Phase(Level from, Level to, double progress, double baseValue)
    {
        var share = Interpolation == Interpolation.Linear ? 1 - progress : HalfCosine.At(progress);
        return new LevelSpan(from, to).ValueAt(share, baseValue);
    }
}
