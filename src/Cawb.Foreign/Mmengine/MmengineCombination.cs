namespace Cawb.Foreign.Mmengine;

/// <summary>Several schedulers on one optimizer, made in order and stepped in order.</summary>
internal sealed class MmengineCombination(string name, ParameterGroups groups, IReadOnlyList<MmengineScheduler> members) : ForeignScheduler(name, groups)
{
    internal override void Advance()
    {
        foreach (var member in members)
            member.Advance();
    }
}
