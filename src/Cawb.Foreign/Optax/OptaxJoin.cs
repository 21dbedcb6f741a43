namespace Cawb.Foreign.Optax;

/// <summary>One schedule after the other: from a boundary on the next one, with steps counted from there.</summary>
internal sealed class OptaxJoin : IEquatable<OptaxJoin>
{
    private readonly ForeignOnlySchedule[] schedules;
    private readonly double[] boundaries;

    public OptaxJoin(IEnumerable<ForeignOnlySchedule> schedules, IEnumerable<double> boundaries) =>
        (this.schedules, this.boundaries) = ([.. schedules], [.. boundaries]);

    /// <summary>The last boundary that is reached counts, in the order in which they are listed.</summary>
    public double At(double step)
    {
        var value = schedules[0].ValueAt(step, 1);
        for (var i = 0; i < boundaries.Length; i++)
        {
            if (step >= boundaries[i])
                value = schedules[i + 1].ValueAt(step - boundaries[i], 1);
        }
        return value;
    }

    public bool Equals(OptaxJoin? other) =>
        other is not null && boundaries.AsSpan().SequenceEqual(other.boundaries) && schedules.SequenceEqual(other.schedules);

    public override bool Equals(object? obj) => Equals(obj as OptaxJoin);

    public override int GetHashCode() => HashCode.Combine(schedules.Length, schedules[0], boundaries.Length);

    /// <summary>A line up to where the next schedule begins is its warm-up; anything else is a sequence.</summary>
    public Schedule? Candidate()
    {
        var parts = schedules.Select(schedule => schedule.Candidate()).OfType<Schedule>().ToList();
        if (parts.Count != schedules.Length)
            return null;
        if (parts.Count == 2 && parts[0] is LinearSchedule ramp && ramp.DurationEpochs == boundaries[0] && ramp.End.Amount == parts[1].ValueAt(0, 1))
            return new WarmupSchedule(parts[1], ramp.DurationEpochs, ramp.Start);
        var past = boundaries.Count(boundary => boundary <= 0);
        return parts.Count - past == 1 ? parts[past] : new SequenceSchedule(parts.Skip(past), boundaries.Skip(past));
    }
}
