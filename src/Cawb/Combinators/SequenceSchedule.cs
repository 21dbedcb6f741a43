namespace Cawb;

/// <summary>Schedules one after the other, each with a time of its own that starts at its boundary.</summary>
/// <remarks>
/// <c>value(t) = part[k](t - b(k))</c> for <c>b(k) &lt;= t &lt; b(k+1)</c>, with b(0) = 0; the last part goes on for ever. A boundary belongs to the part that it starts.
/// A sequence of sequences is the sequence written flat. Source: optax' <c>join_schedules</c> and PyTorch's <c>SequentialLR</c>. Differs from both in that boundaries may lie inside an epoch.
/// </remarks>
public sealed record SequenceSchedule : Schedule
{
    internal static ObjectFormat<Schedule> TextFormat { get; } = ObjectFormat<Schedule>.Of<SequenceSchedule>(
        "sequence",
        "Schedules one after the other, each with a time of its own.",
        [
            Field<SequenceSchedule>.Schedules("parts", schedule => schedule.Parts, "One more than boundaries."),
            Field<SequenceSchedule>.Times("boundaryEpochs", schedule => schedule.BoundaryEpochs, "When the next part starts, rising.", NumberRange.Positive),
        ],
        values => new SequenceSchedule(values.Schedules("parts"), values.Numbers("boundaryEpochs")));

    private readonly ValueList<Schedule> parts;
    private readonly ValueList<double> boundaries;

    /// <summary>Parts and the moments between them.</summary>
    /// <param name="parts">At least one.</param>
    /// <param name="boundaryEpochs">When the next part starts: after 0, rising, one less than parts.</param>
    /// <exception cref="ArgumentException">The boundaries do not rise, or the counts do not fit.</exception>
    public SequenceSchedule(IEnumerable<Schedule> parts, IEnumerable<double> boundaryEpochs)
    {
        var given = PartList.Checked(parts);
        var starts = Boundaries.Checked(boundaryEpochs);
        if (starts.Count != given.Count - 1)
            throw new ArgumentException($"There are {starts.Count} boundaries between {given.Count} parts; there must be one less than parts.", nameof(boundaryEpochs));
        (this.parts, boundaries) = Flat(given, starts);
        IsRelative = this.parts.All(part => part.IsRelative);
    }

    /// <summary>At least one; no part is a sequence itself.</summary>
    public IReadOnlyList<Schedule> Parts => parts;

    /// <summary>When the next part starts, in epochs, rising.</summary>
    public IReadOnlyList<double> BoundaryEpochs => boundaries;

    /// <inheritdoc/>
    public override bool IsRelative { get; }

    /// <inheritdoc/>
    public override double EndEpochs => StartOf(parts.Count - 1) + parts[^1].EndEpochs;

    internal override ObjectFormat<Schedule> Format => TextFormat;

    /// <inheritdoc/>
    public override double ValueAt(double epochs, double baseValue)
    {
        var part = Boundaries.CountUpTo(boundaries, epochs);
        return parts[part].ValueAt(epochs - StartOf(part), baseValue);
    }

    internal override Formula FormulaAt(double epochs, double baseValue)
    {
        var part = Boundaries.CountUpTo(boundaries, epochs);
        var place = $"Part {part + 1} of {parts.Count}, {(part < boundaries.Count ? "epoch {from} to {to}" : "from epoch {from} on")}, at its own epoch {{own}}.";
        return Formula.Of("inner(t - from)", place, parts[part], epochs - StartOf(part), baseValue, ("from", StartOf(part)), ("to", Boundaries.Next(boundaries, epochs)));
    }

    /// <inheritdoc/>
    public override double ConstantUntil(double epochs)
    {
        var part = Boundaries.CountUpTo(boundaries, epochs);
        return Math.Min(Timeline.ConstantUntil(parts[part], epochs, StartOf(part)), Boundaries.Next(boundaries, epochs));
    }

    /// <inheritdoc/>
    public override IEnumerable<ScheduleEvent> Events(double endEpochs) => EventStream.Merged(Unsorted(endEpochs));

    /// <inheritdoc/>
    // Parts that begin after the new end are never reached and go.
    protected internal override Schedule WithEnd(double endEpochs)
    {
        var kept = Boundaries.CountUpTo(boundaries, Math.BitDecrement(endEpochs)) + 1;
        var start = StartOf(kept - 1);
        return new SequenceSchedule([.. parts.Take(kept - 1), parts[kept - 1].WithEnd(endEpochs - start)], boundaries.Take(kept - 1));
    }

    private static (ValueList<Schedule> Parts, ValueList<double> Boundaries) Flat(ValueList<Schedule> parts, ValueList<double> boundaries)
    {
        var (flat, starts) = (new List<Schedule>(), new List<double>());
        for (var i = 0; i < parts.Count; i++)
        {
            var (start, end) = (i == 0 ? 0 : boundaries[i - 1], i < boundaries.Count ? boundaries[i] : double.PositiveInfinity);
            var (innerParts, innerBoundaries) = parts[i] is SequenceSchedule inner ? (inner.parts, inner.boundaries) : (new ValueList<Schedule>([parts[i]]), new ValueList<double>([]));
            for (var j = 0; j < innerParts.Count; j++)
            {
                var innerStart = j == 0 ? start : start + innerBoundaries[j - 1];
                // What an inner sequence would do after its outer end is never seen.
                if (innerStart >= end)
                    break;
                flat.Add(innerParts[j]);
                starts.Add(innerStart);
            }
        }

        return (new ValueList<Schedule>(flat), new ValueList<double>(starts.Skip(1)));
    }

    private double StartOf(int part) => part == 0 ? 0 : boundaries[part - 1];

    private IEnumerable<ScheduleEvent> Unsorted(double endEpochs)
    {
        for (var i = 0; i < parts.Count && StartOf(i) <= endEpochs; i++)
        {
            var isLast = i == boundaries.Count;
            var end = isLast ? endEpochs : Math.Min(endEpochs, boundaries[i]);
            if (i > 0)
                yield return new ScheduleEvent(ScheduleEventKind.Phase, StartOf(i), i - 1);
            foreach (var scheduleEvent in EventStream.Shifted(parts[i].Events(end - StartOf(i)), StartOf(i)))
            {
                // A part that ends before its boundary does not end the sequence, and what falls on the boundary is the next part's.
                if (isLast || (scheduleEvent.Kind != ScheduleEventKind.End && scheduleEvent.Epochs < boundaries[i]))
                    yield return scheduleEvent;
            }
        }
    }
}
