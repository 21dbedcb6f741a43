namespace Cawb;

/// <summary>Warm-up, a long stretch at the peak, and a short decay: the trapezoid.</summary>
/// <remarks>
/// <c>start + (peak - start) t / W</c> for t &lt; W; the peak up to W + S; then a <see cref="DecayShape"/> from peak to end over D epochs, and flat.
/// Source: Hu et al., MiniCPM, arXiv:2404.06395; shapes compared in arXiv:2405.18392. The same phases as Hugging Face's <c>get_wsd_schedule</c>.
/// Differs from it past the end, where that jumps to <c>min_lr_ratio</c> whatever its decay has reached.
/// </remarks>
public sealed record WarmupStableDecaySchedule : Schedule
{
    internal static ObjectFormat<Schedule> TextFormat { get; } = ObjectFormat<Schedule>.Of<WarmupStableDecaySchedule>(
        "warmupStableDecay",
        "Warm-up, a long stretch at the peak, and a short decay.",
        [
            Field<WarmupStableDecaySchedule>.Time("warmupEpochs", schedule => schedule.WarmupEpochs, "Length of the ramp in epochs.", NumberRange.NotNegative),
            Field<WarmupStableDecaySchedule>.Time("stableEpochs", schedule => schedule.StableEpochs, "Length of the stretch at the peak in epochs.", NumberRange.NotNegative),
            Field<WarmupStableDecaySchedule>.Time("decayEpochs", schedule => schedule.DecayEpochs, "Length of the decay in epochs.", NumberRange.Positive),
            Field<WarmupStableDecaySchedule>.Choice("shape", schedule => schedule.Shape, "How it decays.", DecayShape.Linear),
            Field<WarmupStableDecaySchedule>.Level("start", schedule => schedule.Start, "Where the ramp starts.", Level.Zero),
            Field<WarmupStableDecaySchedule>.Level("peak", schedule => schedule.Peak, "The stable value.", Level.Base),
            Field<WarmupStableDecaySchedule>.Level("end", schedule => schedule.End, "Where the decay ends.", Level.Zero),
        ],
        values => new WarmupStableDecaySchedule(
            values.Number("warmupEpochs"),
            values.Number("stableEpochs"),
            values.Number("decayEpochs"),
            values.Level("start"),
            values.Level("peak"),
            values.Level("end"),
            values.Choice<DecayShape>("shape")));

    /// <summary>From 0 to the base and back down to 0.</summary>
    /// <param name="warmupEpochs">W, 0 or more.</param>
    /// <param name="stableEpochs">S, 0 or more.</param>
    /// <param name="decayEpochs">D, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value outside its range.</exception>
    public WarmupStableDecaySchedule(double warmupEpochs, double stableEpochs, double decayEpochs)
        : this(warmupEpochs, stableEpochs, decayEpochs, Level.Zero, Level.Base, Level.Zero)
    {
    }

    /// <summary>Between any levels, with any shape of decay.</summary>
    /// <param name="warmupEpochs">W, 0 or more.</param>
    /// <param name="stableEpochs">S, 0 or more.</param>
    /// <param name="decayEpochs">D, above 0.</param>
    /// <param name="start">Where the ramp starts.</param>
    /// <param name="peak">The stable value.</param>
    /// <param name="end">Where the decay ends; above 0 for the exponential and the inverse-proportional shape.</param>
    /// <param name="shape">How it decays.</param>
    /// <exception cref="ArgumentException">A value outside its range, or an end of 0 with a shape that cannot reach it.</exception>
    public WarmupStableDecaySchedule(
        double warmupEpochs, double stableEpochs, double decayEpochs, Level start, Level peak, Level end, DecayShape shape = DecayShape.Linear)
    {
        WarmupEpochs = Require.NotNegative(warmupEpochs);
        StableEpochs = Require.NotNegative(stableEpochs);
        DecayEpochs = Require.Positive(decayEpochs);
        Require.Finite(EndEpochs, nameof(decayEpochs));
        Start = start;
        Peak = peak;
        End = end;
        Shape = DecayPhase.Checked(shape, end);
    }

    /// <summary>W, in epochs.</summary>
    public double WarmupEpochs { get; }

    /// <summary>S, in epochs.</summary>
    public double StableEpochs { get; }

    /// <summary>D, in epochs.</summary>
    public double DecayEpochs { get; }

    /// <summary>Where the ramp starts.</summary>
    public Level Start { get; }

    /// <summary>The stable value.</summary>
    public Level Peak { get; }

    /// <summary>Where the decay ends.</summary>
    public Level End { get; }

    /// <summary>How it decays.</summary>
    public DecayShape Shape { get; }

    /// <inheritdoc/>
    public override bool IsRelative => !Start.IsAbsolute && !Peak.IsAbsolute && !End.IsAbsolute;

    /// <inheritdoc/>
    public override double EndEpochs => WarmupEpochs + StableEpochs + DecayEpochs;

    internal override ObjectFormat<Schedule> Format => TextFormat;

    private double DecayStartEpochs => WarmupEpochs + StableEpochs;

    /// <inheritdoc/>
    public override double ValueAt(double epochs, double baseValue)
    {
        var time = Math.Max(epochs, 0);
        if (time < WarmupEpochs)
            return new LevelSpan(Peak, Start).ValueAt(time / WarmupEpochs, baseValue);
        return time < DecayStartEpochs ? Peak.Of(baseValue) : new LevelSpan(Peak, End).ValueAt(Shape, DecayPhase.ProgressAt(time, DecayStartEpochs, EndEpochs), baseValue);
    }

    internal override Formula FormulaAt(double epochs, double baseValue) => DecayPhase.FormulaAt(epochs, WarmupEpochs, DecayStartEpochs, EndEpochs, Peak, Shape, "the decay");

    /// <inheritdoc/>
    public override double ConstantUntil(double epochs)
    {
        if (epochs >= EndEpochs)
            return double.PositiveInfinity;
        return epochs >= WarmupEpochs && epochs < DecayStartEpochs ? DecayStartEpochs : epochs;
    }

    /// <inheritdoc/>
    public override IEnumerable<ScheduleEvent> Events(double endEpochs)
    {
        if (WarmupEpochs > 0 && WarmupEpochs <= endEpochs)
            yield return new ScheduleEvent(ScheduleEventKind.WarmupEnd, WarmupEpochs, Index: 0);
        if (StableEpochs > 0 && DecayStartEpochs <= endEpochs)
            yield return new ScheduleEvent(ScheduleEventKind.Phase, DecayStartEpochs, Index: 0);
        if (EndEpochs <= endEpochs)
            yield return new ScheduleEvent(ScheduleEventKind.End, EndEpochs, Index: 0);
    }

    /// <inheritdoc/>
    // The stable phase takes up the difference: that is what the schedule is for.
    protected internal override Schedule WithEnd(double endEpochs)
    {
        var stable = endEpochs - WarmupEpochs - DecayEpochs;
        return stable >= 0
            ? new WarmupStableDecaySchedule(WarmupEpochs, stable, DecayEpochs, Start, Peak, End, Shape)
            : throw new ArgumentException($"Warm-up and decay take {Require.Text(WarmupEpochs + DecayEpochs)} epochs; an end at {Require.Text(endEpochs)} leaves no room for them.", nameof(endEpochs));
    }
}
