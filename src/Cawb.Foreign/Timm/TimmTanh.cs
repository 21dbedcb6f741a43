namespace Cawb.Foreign.Timm;

/// <summary><c>floor + (peak - floor) (1 - tanh(lb (1 - r) + ub r)) / 2</c> with r the share of the cycle.</summary>
internal sealed record TimmTanh(TimmCycles Cycles, double Floor, double Lower, double Upper, TimmWarmup Warmup, double RateScale)
    : TimmCycleSchedule(Cycles, Floor, Warmup, RateScale)
{
    // Without a prefix the ramp ends on the curve, not on the base rate; the other schedulers jump there.
    protected override double RampTarget(double baseValue) => Warmup.IsPrefix ? baseValue : CurveAt(Warmup.Steps, baseValue);

    protected override double CurveIn(double position, double length, double peak)
    {
        var share = position / length;
        return Floor + 0.5 * (peak - Floor) * (1 - Math.Tanh(Lower * (1 - share) + Upper * share));
    }

    protected override bool IsHeldAtTheFloor => false;

    protected override Schedule OurCycle(double length, Level peak, Level floor) => new TanhSchedule(length, peak, floor, Lower, Upper);

    protected override Schedule InFrontOf(Schedule schedule) =>
        Warmup.IsPrefix ? base.InFrontOf(schedule) : new WarmupSchedule(schedule, Warmup.Steps, Level.Absolute(Warmup.Start));
}
