namespace Cawb.Foreign.Fvcore;

/// <summary><c>end + (start - end) (1 + cos(pi where)) / 2</c>.</summary>
internal sealed record FvcoreCosine(double Start, double End) : ForeignOnlySchedule
{
    public override double ValueAt(double epochs, double baseValue) => End + (Start - End) * 0.5 * (1 + Math.Cos(Math.PI * epochs));

    public override Schedule Candidate() => Equivalent.EndlessCosine(1, Level.Absolute(Start), Level.Absolute(End));
}
