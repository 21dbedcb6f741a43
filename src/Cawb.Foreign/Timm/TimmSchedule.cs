namespace Cawb.Foreign.Timm;

/// <summary>What timm's schedulers share: the ramp, then a curve over the steps, times the group's <c>lr_scale</c>.</summary>
internal abstract record TimmSchedule(TimmWarmup Warmup, double RateScale) : ForeignOnlySchedule
{
    public override double ValueAt(double epochs, double baseValue)
    {
        var t = Math.Max(epochs, 0);
        return RateScale * (t < Warmup.Steps ? Warmup.At(t, RampTarget(baseValue)) : CurveAt(AfterPrefix(t), baseValue));
    }

    /// <summary>What the constructor leaves in a group, before any step.</summary>
    public double InitialValue(double baseValue) => RateScale * (Warmup.Steps > 0 ? Warmup.Start : baseValue);

    /// <summary>The rate at a step of the curve, without ramp and scale.</summary>
    protected abstract double CurveAt(double t, double baseValue);

    protected virtual double RampTarget(double baseValue) => baseValue;

    protected double AfterPrefix(double t) => Warmup.IsPrefix ? t - Warmup.Steps : t;
}
