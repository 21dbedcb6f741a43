using Cawb.Published;

namespace Cawb.Foreign.WarmBoots;

/// <summary>The published CAWB behind the calls that all foreign schedulers have: <c>step()</c> and <c>step(epoch)</c>.</summary>
internal sealed class WarmbootingScheduler(string name, ParameterGroups groups, CosineAnnealingWarmbootingLR published) : ForeignScheduler(name, groups)
{
    internal override void Advance()
    {
        published.Step();
        published.LearningRates.CopyTo(Groups.Rates);
    }

    internal override void AdvanceTo(double position)
    {
        published.Step(position);
        published.LearningRates.CopyTo(Groups.Rates);
    }
}
