namespace Cawb.Foreign.Fvcore;

/// <summary>One value, before the end of the run.</summary>
internal sealed record FvcoreConstant(double Value) : ForeignOnlySchedule
{
    public override string FaultAt(double position) => position >= 1 ? "the library accepts a 'where' below 1 only." : "";

    public override double ValueAt(double epochs, double baseValue) => Value;

    public override Schedule Candidate() => new ConstantSchedule(Level.Absolute(Value));
}
