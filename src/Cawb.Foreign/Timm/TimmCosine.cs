namespace Cawb.Foreign.Timm;

/// <summary><c>floor + (peak - floor) (1 + cos(pi p^k / length^k)) / 2</c>.</summary>
internal sealed record TimmCosine(TimmCycles Cycles, double Floor, double Power, TimmWarmup Warmup, double RateScale)
    : TimmCycleSchedule(Cycles, Floor, Warmup, RateScale)
{
    protected override double CurveIn(double position, double length, double peak) =>
        Floor + 0.5 * (peak - Floor) * (1 + Math.Cos(Math.PI * Math.Pow(position, Power) / Math.Pow(length, Power)));

    protected override Schedule? OurCurve() => Power == 1 && Cycles.Limit is > 1 and <= int.MaxValue && Cycles.Limit == Math.Floor(Cycles.Limit)
        ? new CosineRestartsSchedule(CyclePlan.Geometric(Cycles.FirstLength, Cycles.LengthMultiplier, (int)Cycles.Limit), Level.Base, Level.Absolute(Floor), Cycles.Decay)
        : base.OurCurve();

    protected override Schedule OurCycle(double length, Level peak, Level floor) =>
        Power == 1 ? new CosineSchedule(length, peak, floor) : new KDecaySchedule(length, Power, peak, floor);
}
