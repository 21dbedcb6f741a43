namespace Cawb.Foreign.Fvcore;

/// <summary>Schedules in a row over shares of the run; each sees the whole run's <c>where</c> or its own.</summary>
internal sealed record FvcoreComposite((ForeignOnlySchedule Schedule, double Share, bool IsRescaled)[] Parts) : ForeignOnlySchedule
{
    public override string FaultAt(double position)
    {
        var (schedule, where) = Locate(position);
        return schedule.FaultAt(where);
    }

    public override double ValueAt(double epochs, double baseValue)
    {
        var (schedule, where) = Locate(epochs);
        return schedule.ValueAt(where, baseValue);
    }

    public bool Equals(FvcoreComposite? other) => other is not null && Parts.SequenceEqual(other.Parts);

    public override int GetHashCode() => HashCode.Combine(Parts.Length, Parts[0]);

    private (ForeignOnlySchedule Schedule, double Where) Locate(double where)
    {
        var end = 0.0;
        var i = 0;
        for (; i < Parts.Length; i++)
        {
            end += Parts[i].Share;
            if (where + FvcoreSteps.Slack <= end || i == Parts.Length - 1)
                break;
        }
        var (schedule, share, isRescaled) = Parts[i];
        return (schedule, isRescaled ? (where - (end - share)) / share : where);
    }
}
