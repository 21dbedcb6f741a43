namespace Cawb.Foreign.PyTorch;

/// <summary>All members step, one after the other, each on what the one before left.</summary>
internal sealed class ChainedScheduler(string name, ParameterGroups groups, IReadOnlyList<TorchScheduler> members)
    : TorchScheduler(name, groups, lastEpoch: 0)
{
    public override TorchScheduler Begin() => this;

    internal override void Advance()
    {
        foreach (var member in members)
            member.Advance();
    }

    internal override void AdvanceTo(double position) => throw Raised("the library's scheduler takes no epoch.");

    protected override double Next(int group, double rate) => rate;
}
