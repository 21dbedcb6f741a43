namespace Cawb.Foreign.Timm;

/// <summary>timm's cycles: from a decaying peak to the floor in each; the floor after the last.</summary>
internal abstract record TimmCycleSchedule(TimmCycles Cycles, double Floor, TimmWarmup Warmup, double RateScale) : TimmSchedule(Warmup, RateScale)
{
    // More cycles than anybody lists; the text of the composition would be as long.
    private const int MostCycles = 100;

    public override string FaultAt(double position) =>
        position >= Warmup.Steps && Cycles.IsPastAllCycles(AfterPrefix(position))
            ? "with cycle_mul below 1 the library takes the logarithm of a number that is not positive here, and raises."
            : "";

    protected override double CurveAt(double t, double baseValue)
    {
        var (cycle, position, length) = Cycles.Locate(t);
        return cycle < Cycles.Limit ? CurveIn(position, length, baseValue * Math.Pow(Cycles.Decay, cycle)) : Floor;
    }

    protected override Schedule? OurCurve()
    {
        if (Cycles.Limit is < 1 or > MostCycles || Cycles.Limit != Math.Floor(Cycles.Limit))
            return null;
        var (parts, ends) = (new List<Schedule>(), new List<double>());
        var (start, length, peak) = (0.0, Cycles.FirstLength, 1.0);
        for (var cycle = 0; cycle < Cycles.Limit; cycle++, length *= Cycles.LengthMultiplier, peak *= Cycles.Decay)
        {
            parts.Add(OurCycle(length, Level.Factor(peak), Level.Absolute(Floor)));
            ends.Add(start += length);
        }
        return IsHeldAtTheFloor && parts.Count == 1
            ? parts[0]
            : new SequenceSchedule([.. parts, new ConstantSchedule(Level.Absolute(Floor))], ends);
    }

    /// <summary>One cycle, from its peak to the floor.</summary>
    protected abstract Schedule OurCycle(double length, Level peak, Level floor);

    /// <summary>Whether the curve is at the floor at its end.</summary>
    protected virtual bool IsHeldAtTheFloor => true;

    protected abstract double CurveIn(double position, double length, double peak);
}
