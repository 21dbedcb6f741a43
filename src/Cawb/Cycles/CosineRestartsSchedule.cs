namespace Cawb;

/// <summary>Cosine annealing with warm restarts: cycles of equal, growing or listed lengths, with falling peaks and a warm-up in each where wanted.</summary>
/// <remarks>
/// In cycle i, x epochs after its start, with length L and warm-up w, and a peak <c>p = start * peakFactor^i</c>, not below the end where the start is not:
/// <c>end + (p - end) x / w</c> for x &lt; w, else <c>end + (p - end)(1 + cos(pi (x - w) / (L - w))) / 2</c>; the value at the end for all later times.
/// Source: Loshchilov and Hutter, SGDR, arXiv:1608.03983. The restart takes effect at the boundary itself, as in PyTorch's <c>CosineAnnealingWarmRestarts</c>.
/// Differs from it in that the number of cycles is given and the last one is not followed by another, and from all who compute the cycle with logarithms in that no restart is missed.
/// </remarks>
public sealed record CosineRestartsSchedule : Schedule
{
    internal static ObjectFormat<Schedule> TextFormat { get; } = ObjectFormat<Schedule>.Of<CosineRestartsSchedule>(
        "cosineRestarts",
        "Cosine annealing with warm restarts.",
        [
            Field<CosineRestartsSchedule>.Times("restarts", schedule => schedule.Cycles.RestartEpochs, "When a cycle begins again, in epochs, rising.", NumberRange.Positive, EndMove.Drops, isOptional: true),
            Field<CosineRestartsSchedule>.Time("totalEpochs", schedule => schedule.Cycles.TotalEpochs, "The end of the last cycle in epochs.", NumberRange.Positive, EndMove.Follows),
            Field<CosineRestartsSchedule>.Number("peakFactor", schedule => schedule.PeakFactor, "What each restart multiplies the peak by.", NumberRange.Factor, 1),
            Field<CosineRestartsSchedule>.Time("warmupEpochs", schedule => schedule.WarmupEpochs, "Length of the ramp in each cycle in epochs.", NumberRange.NotNegative, fallback: 0),
            Field<CosineRestartsSchedule>.Level("start", schedule => schedule.Start, "Peak of the first cycle.", Level.Base),
            Field<CosineRestartsSchedule>.Level("end", schedule => schedule.End, "Bottom of every cycle.", Level.Zero),
        ],
        values => new CosineRestartsSchedule(
            CyclePlan.FromRestarts(values.Numbers("restarts"), values.Number("totalEpochs")),
            values.Level("start"),
            values.Level("end"),
            values.Number("peakFactor"),
            values.Number("warmupEpochs")));

    private readonly ValueList<double> peaks;
    private readonly LevelSpan span;

    /// <summary>From the base down to a fraction of it in every cycle.</summary>
    /// <param name="cycles">Where the cycles begin and end.</param>
    /// <param name="minFactor">Bottom of every cycle, between 0 and 1 times the base.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not between 0 and 1.</exception>
    public CosineRestartsSchedule(CyclePlan cycles, double minFactor = 0) : this(cycles, Level.Base, Level.Factor(Require.Factor(minFactor)))
    {
    }

    /// <summary>Between any two levels.</summary>
    /// <param name="cycles">Where the cycles begin and end.</param>
    /// <param name="start">Peak of the first cycle.</param>
    /// <param name="end">Bottom of every cycle.</param>
    /// <param name="peakFactor">What each restart multiplies the peak by, between 0 and 1; the peak of a falling cycle never falls below the bottom.</param>
    /// <param name="warmupEpochs">Length of the ramp at the start of each cycle, 0 or more and shorter than every cycle.</param>
    /// <exception cref="ArgumentException">A value outside its range, or a cycle that the warm-up fills.</exception>
    public CosineRestartsSchedule(CyclePlan cycles, Level start, Level end, double peakFactor = 1, double warmupEpochs = 0)
    {
        Cycles = Require.NotNull(cycles);
        span = new LevelSpan(start, end);
        PeakFactor = Require.Factor(peakFactor);
        WarmupEpochs = Require.NotNegative(warmupEpochs);
        peaks = new ValueList<double>(Peaks(peakFactor, cycles.Count));
        for (var i = 0; i < cycles.Count; i++)
        {
            if (cycles.EndOf(i) - cycles.StartOf(i) <= warmupEpochs)
            {
                throw new ArgumentException(
                    $"Cycle {i} from epoch {Require.Text(cycles.StartOf(i))} to {Require.Text(cycles.EndOf(i))} must be longer than the warm-up of {Require.Text(warmupEpochs)}.",
                    nameof(warmupEpochs));
            }
        }
    }

    /// <summary>Where the cycles begin and end.</summary>
    public CyclePlan Cycles { get; }

    /// <summary>Peak of the first cycle.</summary>
    public Level Start => span.Start;

    /// <summary>Bottom of every cycle.</summary>
    public Level End => span.End;

    /// <summary>What each restart multiplies the peak by.</summary>
    public double PeakFactor { get; }

    /// <summary>Length of the ramp at the start of each cycle, in epochs.</summary>
    public double WarmupEpochs { get; }

    /// <inheritdoc/>
    public override bool IsRelative => span.IsRelative;

    /// <inheritdoc/>
    public override double EndEpochs => Cycles.TotalEpochs;

    internal override ObjectFormat<Schedule> Format => TextFormat;

    /// <inheritdoc/>
    public override double ValueAt(double epochs, double baseValue)
    {
        var cycle = Cycles.IndexAt(epochs);
        var share = epochs >= EndEpochs ? 0 : ShareAt(cycle, Math.Max(epochs, 0) - Cycles.StartOf(cycle));
        return IsRelative
            ? baseValue * Between(Start.Amount, peaks[cycle], End.Amount, share)
            : Between(Start.Of(baseValue), peaks[cycle], End.Of(baseValue), share);
    }

    internal override Formula FormulaAt(double epochs, double baseValue)
    {
        var cycle = Cycles.IndexAt(epochs);
        var length = Cycles.EndOf(cycle) - Cycles.StartOf(cycle);
        var x = Math.Min(epochs - Cycles.StartOf(cycle), length);
        var first = cycle == 0 || PeakFactor == 1 ? "start" : "start * peakFactor ** restarts";
        var peak = cycle > 0 && PeakFactor < 1 && Start.Of(baseValue) >= End.Of(baseValue) ? $"max({first}, end)" : first;
        var isRising = x < WarmupEpochs;
        var share = isRising ? "x / warmupEpochs" : WarmupEpochs == 0 ? "(1 + cos(pi * x / length)) / 2" : "(1 + cos(pi * (x - warmupEpochs) / (length - warmupEpochs))) / 2";
        return new Formula($"end + ({peak} - end) * {share}", ("x", x), ("length", length), ("restarts", cycle))
        {
            Stretch = $"cycle {cycle + 1} of {Cycles.Count}",
            Reason = WarmupEpochs == 0 ? "" : isRising ? "In the warm-up of the cycle, which takes {warmupEpochs} epochs." : "The warm-up of the cycle, {warmupEpochs} epochs, is over.",
        };
    }

    /// <inheritdoc/>
    public override double ConstantUntil(double epochs) => epochs >= EndEpochs ? double.PositiveInfinity : epochs;

    /// <inheritdoc/>
    public override IEnumerable<ScheduleEvent> Events(double endEpochs)
    {
        var restarts = Cycles.RestartEpochs;
        for (var i = 0; i < restarts.Count && restarts[i] <= endEpochs; i++)
        {
            yield return new ScheduleEvent(ScheduleEventKind.Trough, restarts[i], i);
            yield return new ScheduleEvent(ScheduleEventKind.Restart, restarts[i], i);
        }

        if (EndEpochs <= endEpochs)
            yield return new ScheduleEvent(ScheduleEventKind.End, EndEpochs, Index: 0);
    }

    private static IEnumerable<double> Peaks(double factor, int count)
    {
        var peak = 1.0;
        for (var i = 0; i < count; i++, peak *= factor)
            yield return peak;
    }

    private static double Between(double start, double factor, double end, double share)
    {
        // A cycle that falls keeps falling or lies flat; one that rises, as momentum does, has no floor to keep.
        var peak = start >= end ? Math.Max(start * factor, end) : start * factor;
        return share == 1 ? peak : end + (peak - end) * share;
    }

    private double ShareAt(int cycle, double x)
    {
        if (x < WarmupEpochs)
            return x / WarmupEpochs;
        var length = Cycles.EndOf(cycle) - Cycles.StartOf(cycle);
        return HalfCosine.At((x - WarmupEpochs) / (length - WarmupEpochs));
    }
}
