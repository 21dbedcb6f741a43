namespace Cawb;

/// <summary>What a <see cref="CawbSchedule"/> computes once: its segments, checked, and the values at its ends.</summary>
/// <remarks>Fully determined by the schedule's parameters, so that it is equal to any other where those are compared as well.</remarks>
internal sealed class WarmBootSegments : IEquatable<WarmBootSegments>
{
    // Whole epochs that are checked per segment when the annealing is a function of the user's; longer segments are checked at this many of them.
    private const int MostSamples = 4096;

    private readonly WarmBootSegment[] segments;
    private readonly double[] boots;
    private readonly Annealing annealing;

    /// <param name="schedule">The bounds and the scales.</param>
    /// <param name="epochScale">The schedule's own, under the name that a complaint about it needs.</param>
    /// <param name="annealing">The schedule's own, likewise.</param>
    public WarmBootSegments(CawbSchedule schedule, double epochScale, Annealing annealing)
    {
        boots = [.. schedule.BootEpochs];
        this.annealing = annealing;
        segments = new WarmBootSegment[boots.Length + 1];
        // A repeated product, as the author computes it; a power would round differently.
        var scale = 1.0;
        for (var i = 0; i < segments.Length; i++, scale *= schedule.StepScale)
        {
            var start = i == 0 ? schedule.WarmupEpochs : boots[i - 1];
            var end = i == boots.Length ? schedule.Epochs : boots[i];
            var length = i == boots.Length ? end - start : Stretched(end - start, epochScale, schedule.EpochScaleMode);
            if (!double.IsFinite(length) || length <= 0)
            {
                throw new ArgumentException(
                    $"Makes the curve of segment {i} ({Require.Text(start)} to {Require.Text(end)} epochs) {Require.Text(length)} epochs long; it must be above 0.", nameof(epochScale));
            }

            segments[i] = new WarmBootSegment(start, end, length, scale);
            Check(annealing, segments[i], i);
        }

        All = new ValueList<WarmBootSegment>(segments);
        Peak = annealing.FactorAt(0, segments[0].CurveEpochs);
        Last = ValueIn(annealing, segments[^1], schedule.Epochs);
    }

    public ValueList<WarmBootSegment> All { get; }

    /// <summary>The factor at the start of the first segment.</summary>
    public double Peak { get; }

    /// <summary>The factor at the end of the run.</summary>
    public double Last { get; }

    /// <summary>The segment that holds a moment from the warm-up's end on.</summary>
    public int IndexAt(double epochs)
    {
        var found = boots.AsSpan().BinarySearch(epochs);
        return found >= 0 ? found + 1 : ~found;
    }

    public double FactorAt(double epochs, AnnealingUpdate update)
    {
        ref readonly var segment = ref segments[IndexAt(epochs)];
        // A boot inside an epoch starts its curve at once; the epoch's start lies in the segment before.
        return ValueIn(annealing, segment, update == AnnealingUpdate.PerEpoch ? Math.Max(Math.Floor(epochs), segment.StartEpochs) : epochs);
    }

    public bool Equals(WarmBootSegments? other) => other is not null && annealing == other.annealing && segments.AsSpan().SequenceEqual(other.segments);

    public override bool Equals(object? obj) => Equals(obj as WarmBootSegments);

    public override int GetHashCode() => HashCode.Combine(annealing, segments.Length, segments[0]);

    private static double Stretched(double length, double epochScale, EpochScaleMode mode) =>
        mode == EpochScaleMode.Multiply ? length * epochScale : length + epochScale;

    // A curve that is shorter than its segment has finished; what its formula would give after its end is no part of it.
    private static double ValueIn(Annealing annealing, in WarmBootSegment segment, double epochs) =>
        segment.Scale * annealing.FactorAt(Math.Min(epochs - segment.StartEpochs, segment.CurveEpochs), segment.CurveEpochs);

    private static void Check(Annealing annealing, in WarmBootSegment segment, int index)
    {
        var span = segment.EndEpochs - segment.StartEpochs;
        CheckAt(annealing, segment, index, segment.StartEpochs);
        CheckAt(annealing, segment, index, segment.EndEpochs);
        if (annealing.IsProven)
            return;
        var samples = (int)Math.Min(Math.Ceiling(span), MostSamples);
        for (var i = 1; i < samples; i++)
            CheckAt(annealing, segment, index, segment.StartEpochs + (span <= MostSamples ? i : span * i / samples));
    }

    private static void CheckAt(Annealing annealing, in WarmBootSegment segment, int index, double epochs)
    {
        var factor = ValueIn(annealing, segment, epochs);
        if (double.IsFinite(factor) && factor >= 0)
            return;
        var x = Math.Min(epochs - segment.StartEpochs, segment.CurveEpochs);
        throw new ArgumentException(
            $"Gives the factor {Require.Text(factor)} in segment {index}, at x = {Require.Text(x)} of y = {Require.Text(segment.CurveEpochs)}; it must be finite and 0 or above.",
            nameof(annealing));
    }
}
