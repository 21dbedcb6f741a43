namespace Cawb.Foreign.Timm;

/// <summary><c>base * rate ** (milestones up to t + 1)</c>: the drop comes one step before the listed one.</summary>
internal sealed record TimmMultiStep(double[] Milestones, double Rate, TimmWarmup Warmup, double RateScale) : TimmSchedule(Warmup, RateScale)
{
    public bool Equals(TimmMultiStep? other) => base.Equals(other) && Rate == other.Rate && Milestones.SequenceEqual(other.Milestones);

    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), Rate, Milestones.Length);

    protected override double CurveAt(double t, double baseValue) =>
        baseValue * Math.Pow(Rate, Milestones.Count(milestone => milestone <= t + 1));

    protected override Schedule OurCurve() => new MultiStepSchedule(Milestones.Select(milestone => milestone - 1), Rate);
}
