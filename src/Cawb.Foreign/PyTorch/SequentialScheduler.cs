namespace Cawb.Foreign.PyTorch;

/// <summary>One scheduler after the other: at a milestone the next one gets <c>step(0)</c>, then plain steps.</summary>
internal sealed class SequentialScheduler(string name, ParameterGroups groups, IReadOnlyList<TorchScheduler> members, int[] milestones)
    : TorchScheduler(name, groups, lastEpoch: 0)
{
    public override TorchScheduler Begin()
    {
        Groups.InitialRates.CopyTo(Groups.Rates, 0);
        foreach (var member in members)
            member.Undo();
        members[0].StepInitially();
        return this;
    }

    public override void Undo()
    {
        base.Undo();
        foreach (var member in members)
            member.Undo();
    }

    internal override void Advance()
    {
        LastEpoch++;
        var index = milestones.Count(milestone => milestone <= LastEpoch);
        if (index > 0 && milestones[index - 1] == LastEpoch)
            members[index].AdvanceTo(0);
        else
            members[index].Advance();
    }

    internal override void AdvanceTo(double position) => throw Raised("the library's scheduler takes no epoch.");

    protected override double Next(int group, double rate) => rate;
}
