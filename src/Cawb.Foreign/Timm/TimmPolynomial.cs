namespace Cawb.Foreign.Timm;

/// <summary><c>floor + (peak - floor) (1 - p^k / length^k)^power</c>.</summary>
internal sealed record TimmPolynomial(TimmCycles Cycles, double Floor, double Exponent, double Power, TimmWarmup Warmup, double RateScale)
    : TimmCycleSchedule(Cycles, Floor, Warmup, RateScale)
{
    protected override double CurveIn(double position, double length, double peak) =>
        Floor + (peak - Floor) * Math.Pow(1 - Math.Pow(position, Power) / Math.Pow(length, Power), Exponent);

    protected override Schedule OurCycle(double length, Level peak, Level floor) => Power == 1
        ? new PolynomialSchedule(length, Exponent, peak, floor)
        : new KDecaySchedule(length, Power, peak, floor, KDecayCurve.Polynomial, Exponent);
}
