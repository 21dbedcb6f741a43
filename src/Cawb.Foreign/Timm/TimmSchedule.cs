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

    public override Schedule? Candidate()
    {
        if (OurCurve() is not { } curve)
            return null;
        var underneath = Warmup is { IsPrefix: false, Steps: > 0 } ? Equivalent.Delayed(curve, -Warmup.Steps) : curve;
        var ramped = Warmup.Steps > 0 ? InFrontOf(underneath) : underneath;
        return RateScale == 1 ? ramped : new ScaleSchedule(ramped, RateScale);
    }

    /// <summary>The curve without its ramp.</summary>
    protected virtual Schedule? OurCurve() => null;

    /// <summary>The ramp in front of a schedule. It goes to the base rate, from where the curve may drop.</summary>
    protected virtual Schedule InFrontOf(Schedule schedule) =>
        new SequenceSchedule([new LinearSchedule(Warmup.Steps, Level.Absolute(Warmup.Start), Level.Base), schedule], [Warmup.Steps]);

    /// <summary>The rate at a step of the curve, without ramp and scale.</summary>
    protected abstract double CurveAt(double t, double baseValue);

    protected virtual double RampTarget(double baseValue) => baseValue;

    protected double AfterPrefix(double t) => Warmup.IsPrefix ? t - Warmup.Steps : t;
}
