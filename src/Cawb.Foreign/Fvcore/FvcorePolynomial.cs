namespace Cawb.Foreign.Fvcore;

/// <summary><c>base * (1 - where) ** power</c>.</summary>
internal sealed record FvcorePolynomial(double Start, double Power) : ForeignOnlySchedule
{
    // Past the end a power that is not whole has no real value; the rate stays at 0 there.
    public override double ValueAt(double epochs, double baseValue) => Math.Pow(1 - epochs, Power) is var factor && double.IsNaN(factor) ? 0 : Start * factor;
}
