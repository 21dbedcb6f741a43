namespace Cawb.Foreign;

/// <summary>What a walk left in one group: piecewise constant, one piece per call.</summary>
internal sealed record ReplayedSchedule(Replay Replay, int Group, bool IsMomentum) : ForeignOnlySchedule
{
    protected override string Identity => $"{Replay} group {Text.Of(Group)}{(IsMomentum ? " momentum" : "")}";

    public override double ValueAt(double epochs, double baseValue) => Replay.Value(epochs, Group, IsMomentum);
}
