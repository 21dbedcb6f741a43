namespace Cawb;

/// <summary>Straight up and down between two levels, again and again; never ends.</summary>
/// <remarks>
/// <c>value(t) = start + (peak - start) * triangle(t) * height</c>, with a height of 1, <c>2^-cycle</c> or <c>decay^t</c>.
/// Source: Smith, "Cyclical learning rates for training neural networks", arXiv:1506.01186. Momentum moves the other way: the same schedule with a peak below its start.
/// Differs from PyTorch's <c>CyclicLR</c>: the levels are the group's own where they are factors, and the decay counts epochs and not batches.
/// </remarks>
public sealed record CyclicSchedule : Schedule
{
    internal static ObjectFormat<Schedule> TextFormat { get; } = ObjectFormat<Schedule>.Of<CyclicSchedule>(
        "cyclic",
        "Straight up and down between two levels, again and again.",
        [
            Field<CyclicSchedule>.Level("start", schedule => schedule.Start, "Where each cycle starts and ends."),
            Field<CyclicSchedule>.Level("peak", schedule => schedule.Peak, "Where each cycle turns.", Level.Base),
            Field<CyclicSchedule>.Time("riseEpochs", schedule => schedule.RiseEpochs, "Length of the way to the peak in epochs.", NumberRange.Positive),
            Field<CyclicSchedule>.Time("fallEpochs", schedule => schedule.FallEpochs, "Length of the way back in epochs.", NumberRange.Positive),
            Field<CyclicSchedule>.Choice("mode", schedule => schedule.Mode, "How the height changes.", CyclicMode.Triangular),
            Field<CyclicSchedule>.Number("decay", schedule => schedule.Decay, "What an epoch multiplies the height by, in the exponential mode.", NumberRange.Factor, 1),
        ],
        values => new CyclicSchedule(
            values.Level("start"), values.Level("peak"), values.Number("riseEpochs"), values.Number("fallEpochs"), values.Choice<CyclicMode>("mode"), values.Number("decay")));

    private readonly LevelSpan span;

    /// <summary>Cycles between two levels.</summary>
    /// <param name="start">Where each cycle starts and ends.</param>
    /// <param name="peak">Where each cycle turns; below the start for momentum.</param>
    /// <param name="riseEpochs">Length of the way to the peak, above 0.</param>
    /// <param name="fallEpochs">Length of the way back, above 0.</param>
    /// <param name="mode">How the height changes.</param>
    /// <param name="decay">What an epoch multiplies the height by in the exponential mode, above 0 and at most 1; 1 in the others.</param>
    /// <exception cref="ArgumentException">A value outside its range, or a decay in a mode that has none.</exception>
    public CyclicSchedule(Level start, Level peak, double riseEpochs, double fallEpochs, CyclicMode mode = CyclicMode.Triangular, double decay = 1)
    {
        // The peak is the span's start: a share of 1 is the full height.
        span = new LevelSpan(peak, start);
        RiseEpochs = Require.Positive(riseEpochs);
        FallEpochs = Require.Positive(fallEpochs);
        Require.Finite(riseEpochs + fallEpochs, nameof(fallEpochs));
        Mode = Require.Defined(mode);
        Decay = Require.Positive(Require.Factor(decay));
        if (mode != CyclicMode.Exponential && decay != 1)
            throw new ArgumentException($"The mode {mode} has no decay; leave it at 1 or take {nameof(CyclicMode.Exponential)}. Got {Require.Text(decay)}.", nameof(decay));
    }

    /// <summary>Where each cycle starts and ends.</summary>
    public Level Start => span.End;

    /// <summary>Where each cycle turns.</summary>
    public Level Peak => span.Start;

    /// <summary>Length of the way to the peak, in epochs.</summary>
    public double RiseEpochs { get; }

    /// <summary>Length of the way back, in epochs.</summary>
    public double FallEpochs { get; }

    /// <summary>How the height changes.</summary>
    public CyclicMode Mode { get; }

    /// <summary>What an epoch multiplies the height by in the exponential mode.</summary>
    public double Decay { get; }

    /// <inheritdoc/>
    public override bool IsRelative => span.IsRelative;

    internal override ObjectFormat<Schedule> Format => TextFormat;

    private double CycleEpochs => RiseEpochs + FallEpochs;

    /// <inheritdoc/>
    public override double ValueAt(double epochs, double baseValue)
    {
        var time = Math.Max(epochs, 0);
        var cycle = Boundaries.PeriodsUpTo(CycleEpochs, time);
        var x = time - cycle * CycleEpochs;
        var triangle = x <= RiseEpochs ? x / RiseEpochs : Math.Max(0, (CycleEpochs - x) / FallEpochs);
        return span.ValueAt(triangle * HeightAt(cycle, time), baseValue);
    }

    internal override Formula FormulaAt(double epochs, double baseValue)
    {
        var cycle = Boundaries.PeriodsUpTo(CycleEpochs, epochs);
        var x = epochs - cycle * CycleEpochs;
        var isRising = x <= RiseEpochs;
        var height = Mode switch
        {
            CyclicMode.Halving => " * 0.5 ** cycles",
            CyclicMode.Exponential => " * decay ** t",
            _ => "",
        };
        return new Formula($"start + (peak - start) * {(isRising ? "x / riseEpochs" : "(riseEpochs + fallEpochs - x) / fallEpochs")}{height}", ("x", x), ("cycles", cycle))
        {
            Stretch = $"cycle {cycle + 1}",
            Bounds = (cycle * CycleEpochs, (cycle + 1) * CycleEpochs),
            Reason = isRising ? "On the way to the peak." : "On the way back from the peak.",
        };
    }

    /// <inheritdoc/>
    public override IEnumerable<ScheduleEvent> Events(double endEpochs)
    {
        for (var count = 1; count * CycleEpochs <= endEpochs; count++)
        {
            yield return new ScheduleEvent(ScheduleEventKind.Trough, count * CycleEpochs, count - 1);
            yield return new ScheduleEvent(ScheduleEventKind.Restart, count * CycleEpochs, count - 1);
        }
    }

    // The decay counts epochs; the other times are the fields'.
    internal override Schedule Stretched(TimeStretch stretch) =>
        TextFormat.Changed(this, (field, value) => field.Name == "decay" ? Math.Pow(Decay, stretch.From / stretch.To) : stretch.Of(field, value));

    private double HeightAt(double cycle, double time) => Mode switch
    {
        CyclicMode.Halving => Math.Pow(0.5, cycle),
        CyclicMode.Exponential => Math.Pow(Decay, time),
        _ => 1,
    };
}
