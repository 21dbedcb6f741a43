namespace Cawb.Foreign.Fvcore;

/// <summary>Values between milestones that are counted in updates.</summary>
internal sealed record FvcoreMultiStep(double[] Values, double[] Milestones, double UpdateCount) : ForeignOnlySchedule
{
    public static FvcoreMultiStep Read(Arguments arguments)
    {
        var values = arguments.Numbers("values");
        if (!arguments.Has("num_updates") && !arguments.Has("milestones"))
            throw arguments.Fault("num_updates", "is missing, and so is 'milestones': give at least one of them");
        var milestones = arguments.Has("milestones") ? arguments.Numbers("milestones") : Even(values.Length, arguments.Number("num_updates"));
        var updateCount = arguments.NumberOrNone("num_updates") ?? 0;
        if (!arguments.Has("num_updates"))
        {
            if (milestones.Length == 0)
                throw arguments.Fault("milestones", "is empty, and without 'num_updates' its last entry is the number of updates");
            (updateCount, milestones) = (milestones[^1], milestones[..^1]);
        }
        if (values.Length != milestones.Length + 1)
            throw arguments.Fault("values", $"must have one number more than there are milestones; got {values.Length} for {milestones.Length}");
        if (milestones.Any(milestone => milestone >= updateCount))
            throw arguments.Fault("milestones", $"must lie below the number of updates, {Text.Of(updateCount)}; got {Text.List(milestones)}");
        return milestones.Zip(milestones.Skip(1)).All(pair => pair.First < pair.Second)
            ? new FvcoreMultiStep(values, milestones, updateCount)
            : throw arguments.Fault("milestones", $"must increase; got {Text.List(milestones)}");
    }

    public override double ValueAt(double epochs, double baseValue)
    {
        var update = Math.Truncate((epochs + FvcoreSteps.Slack) * UpdateCount);
        return Values[Milestones.Count(milestone => milestone <= update)];
    }

    public bool Equals(FvcoreMultiStep? other) =>
        other is not null && UpdateCount == other.UpdateCount && Values.SequenceEqual(other.Values) && Milestones.SequenceEqual(other.Milestones);

    public override int GetHashCode() => HashCode.Combine(UpdateCount, Values.Length, Values[0]);

    private static double[] Even(int valueCount, double updateCount)
    {
        var width = Math.Ceiling(updateCount / valueCount);
        return [.. Enumerable.Range(1, Math.Max(valueCount - 1, 0)).Select(i => width * i)];
    }
}
