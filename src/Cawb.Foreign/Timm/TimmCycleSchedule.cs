namespace Cawb.Foreign.Timm;

/// <summary>timm's cycles: from a decaying peak to the floor in each; the floor after the last.</summary>
internal abstract record TimmCycleSchedule(TimmCycles Cycles, double Floor, TimmWarmup Warmup, double RateScale) : TimmSchedule(Warmup, RateScale)
{
    public override string FaultAt(double position) =>
        position >= Warmup.Steps && Cycles.IsPastAllCycles(AfterPrefix(position))
            ? "with cycle_mul below 1 the library takes the logarithm of a number that is not positive here, and raises."
            : "";

    protected override double CurveAt(double t, double baseValue)
    {
        var (cycle, position, length) = Cycles.Locate(t);
        return cycle < Cycles.Limit ? CurveIn(position, length, baseValue * Math.Pow(Cycles.Decay, cycle)) : Floor;
    }

    protected abstract double CurveIn(double position, double length, double peak);
}
