namespace Cawb.Foreign.Optax;

/// <summary>One value.</summary>
internal sealed record OptaxConstant(double Value) : ForeignOnlySchedule
{
    public override double ValueAt(double epochs, double baseValue) => Value;

    public override Schedule Candidate() => new ConstantSchedule(Level.Absolute(Value));
}
