namespace Cawb;

/// <summary>WSD-S: several decays in one run, each of which gives a finished model, with the peak taken up again right after each.</summary>
/// <remarks>
/// <c>start + (peak - start) t / W</c> for t &lt; W; the peak; before each listed end e a <see cref="DecayShape"/> from peak to end over [e - D, e); from e on the peak again without a warm-up;
/// after the last end flat. Source: Wen et al., "Understanding warmup-stable-decay learning rates", arXiv:2410.05192, whose decay is the inverse-proportional shape. Differs from a
/// restarted WSD in that the training goes on from the decayed model and not from the stable one before it.
/// </remarks>
public sealed record WarmupStableDecaySimplifiedSchedule : Schedule
{
    internal static ObjectFormat<Schedule> TextFormat { get; } = ObjectFormat<Schedule>.Of<WarmupStableDecaySimplifiedSchedule>(
        "warmupStableDecaySimplified",
        "Several decays in one run, with the peak taken up again after each.",
        [
            Field<WarmupStableDecaySimplifiedSchedule>.Time("warmupEpochs", schedule => schedule.WarmupEpochs, "Length of the ramp in epochs.", NumberRange.NotNegative),
            Field<WarmupStableDecaySimplifiedSchedule>.Times("decayEndEpochs", schedule => schedule.DecayEndEpochs, "When each decay ends, rising.", NumberRange.Positive),
            Field<WarmupStableDecaySimplifiedSchedule>.Time("decayEpochs", schedule => schedule.DecayEpochs, "Length of each decay in epochs.", NumberRange.Positive),
            Field<WarmupStableDecaySimplifiedSchedule>.Choice("shape", schedule => schedule.Shape, "How it decays.", DecayShape.InverseProportional),
            Field<WarmupStableDecaySimplifiedSchedule>.Level("start", schedule => schedule.Start, "Where the ramp starts.", Level.Zero),
            Field<WarmupStableDecaySimplifiedSchedule>.Level("peak", schedule => schedule.Peak, "The stable value.", Level.Base),
            Field<WarmupStableDecaySimplifiedSchedule>.Level("end", schedule => schedule.End, "Where each decay ends."),
        ],
        values => new WarmupStableDecaySimplifiedSchedule(
            values.Number("warmupEpochs"),
            values.Numbers("decayEndEpochs"),
            values.Number("decayEpochs"),
            values.Level("start"),
            values.Level("peak"),
            values.Level("end"),
            values.Choice<DecayShape>("shape")));

    private readonly ValueList<double> ends;

    /// <summary>A run with several decays.</summary>
    /// <param name="warmupEpochs">W, 0 or more.</param>
    /// <param name="decayEndEpochs">When each decay ends: at least one, rising, each at least <paramref name="decayEpochs"/> after the one before and after the warm-up.</param>
    /// <param name="decayEpochs">D, above 0.</param>
    /// <param name="start">Where the ramp starts.</param>
    /// <param name="peak">The stable value.</param>
    /// <param name="end">Where each decay ends; above 0 for the exponential and the inverse-proportional shape.</param>
    /// <param name="shape">How it decays.</param>
    /// <exception cref="ArgumentException">A value outside its range, or decays that overlap.</exception>
    public WarmupStableDecaySimplifiedSchedule(
        double warmupEpochs, IEnumerable<double> decayEndEpochs, double decayEpochs, Level start, Level peak, Level end, DecayShape shape = DecayShape.InverseProportional)
    {
        WarmupEpochs = Require.NotNegative(warmupEpochs);
        DecayEpochs = Require.Positive(decayEpochs);
        ends = Boundaries.Checked(decayEndEpochs);
        if (ends.Count == 0)
            throw new ArgumentException("There must be at least one decay; got none.", nameof(decayEndEpochs));
        for (var i = 0; i < ends.Count; i++)
        {
            var before = i == 0 ? warmupEpochs : ends[i - 1];
            if (ends[i] - decayEpochs < before)
            {
                throw new ArgumentException(
                    $"Decay {i} would begin at epoch {Require.Text(ends[i] - decayEpochs)}, before {Require.Text(before)}, where the {(i == 0 ? "warm-up" : "decay before it")} ends.",
                    nameof(decayEndEpochs));
            }
        }

        Start = start;
        Peak = peak;
        End = end;
        Shape = DecayPhase.Checked(shape, end);
    }

    /// <summary>W, in epochs.</summary>
    public double WarmupEpochs { get; }

    /// <summary>When each decay ends, in epochs, rising.</summary>
    public IReadOnlyList<double> DecayEndEpochs => ends;

    /// <summary>D, in epochs.</summary>
    public double DecayEpochs { get; }

    /// <summary>Where the ramp starts.</summary>
    public Level Start { get; }

    /// <summary>The stable value.</summary>
    public Level Peak { get; }

    /// <summary>Where each decay ends.</summary>
    public Level End { get; }

    /// <summary>How it decays.</summary>
    public DecayShape Shape { get; }

    /// <inheritdoc/>
    public override bool IsRelative => !Start.IsAbsolute && !Peak.IsAbsolute && !End.IsAbsolute;

    /// <inheritdoc/>
    public override double EndEpochs => ends[^1];

    internal override ObjectFormat<Schedule> Format => TextFormat;

    /// <inheritdoc/>
    public override double ValueAt(double epochs, double baseValue)
    {
        var time = Math.Max(epochs, 0);
        if (time < WarmupEpochs)
            return new LevelSpan(Peak, Start).ValueAt(time / WarmupEpochs, baseValue);
        var end = Math.Min(Boundaries.Next(ends, time), EndEpochs);
        var start = end - DecayEpochs;
        return time < start ? Peak.Of(baseValue) : new LevelSpan(Peak, End).ValueAt(Shape, DecayPhase.ProgressAt(time, start, end), baseValue);
    }

    internal override Formula FormulaAt(double epochs, double baseValue)
    {
        var end = Math.Min(Boundaries.Next(ends, epochs), EndEpochs);
        return DecayPhase.FormulaAt(epochs, WarmupEpochs, end - DecayEpochs, end, Peak, Shape, $"decay {Boundaries.CountUpTo(ends, epochs) + 1} of {ends.Count}");
    }

    /// <inheritdoc/>
    public override double ConstantUntil(double epochs)
    {
        if (epochs < WarmupEpochs)
            return epochs;
        var end = Boundaries.Next(ends, epochs);
        // After the last end there is no next one, and infinity minus a decay is still infinity.
        return Math.Max(epochs, end - DecayEpochs);
    }

    /// <inheritdoc/>
    public override IEnumerable<ScheduleEvent> Events(double endEpochs) => EventStream.Merged(Unsorted().Where(scheduleEvent => scheduleEvent.Epochs <= endEpochs));

    /// <inheritdoc/>
    // The last decay moves; decays that would end at or after it go.
    protected internal override Schedule WithEnd(double endEpochs) => new WarmupStableDecaySimplifiedSchedule(
        WarmupEpochs, ends.SkipLast(1).Where(end => end < endEpochs).Append(endEpochs), DecayEpochs, Start, Peak, End, Shape);

    private IEnumerable<ScheduleEvent> Unsorted()
    {
        if (WarmupEpochs > 0)
            yield return new ScheduleEvent(ScheduleEventKind.WarmupEnd, WarmupEpochs, Index: 0);
        for (var i = 0; i < ends.Count; i++)
        {
            if (ends[i] - DecayEpochs > 0)
                yield return new ScheduleEvent(ScheduleEventKind.Phase, ends[i] - DecayEpochs, i);
            if (i + 1 == ends.Count)
                break;
            yield return new ScheduleEvent(ScheduleEventKind.Trough, ends[i], i);
            yield return new ScheduleEvent(ScheduleEventKind.Restart, ends[i], i);
        }

        yield return new ScheduleEvent(ScheduleEventKind.End, EndEpochs, Index: 0);
    }
}
