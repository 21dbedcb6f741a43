namespace Cawb.Foreign.Fvcore;

/// <summary><c>end * where + start * (1 - where)</c>.</summary>
internal sealed record FvcoreLinear(double Start, double End) : ForeignOnlySchedule
{
    public override double ValueAt(double epochs, double baseValue) => End * epochs + Start * (1 - epochs);
}
