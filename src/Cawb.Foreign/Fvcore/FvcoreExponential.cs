namespace Cawb.Foreign.Fvcore;

/// <summary><c>start * decay ** where</c>.</summary>
internal sealed record FvcoreExponential(double Start, double Decay) : ForeignOnlySchedule
{
    public override double ValueAt(double epochs, double baseValue) => Start * Math.Pow(Decay, epochs);

    public override Schedule Candidate() => Equivalent.OnBase(Start, new ExponentialSchedule(Decay));
}
