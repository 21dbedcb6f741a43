namespace Cawb.Foreign.Optax;

/// <summary>The schedule of a join.</summary>
internal sealed record OptaxJoinedSchedule(OptaxJoin Join) : ForeignOnlySchedule
{
    public override double ValueAt(double epochs, double baseValue) => Join.At(epochs);

    public override Schedule? Candidate() => Join.Candidate();
}
