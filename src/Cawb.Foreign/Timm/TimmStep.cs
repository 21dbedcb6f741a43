namespace Cawb.Foreign.Timm;

/// <summary><c>base * rate ** floor(t / decay_t)</c>.</summary>
internal sealed record TimmStep(double StepLength, double Rate, TimmWarmup Warmup, double RateScale) : TimmSchedule(Warmup, RateScale)
{
    protected override double CurveAt(double t, double baseValue) => baseValue * Math.Pow(Rate, Math.Floor(t / StepLength));

    protected override Schedule OurCurve() => new StepSchedule(StepLength, Rate);
}
