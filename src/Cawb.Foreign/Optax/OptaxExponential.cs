namespace Cawb.Foreign.Optax;

/// <summary><c>initial * rate ** (count / steps)</c> after the transition has begun, not past the end value.</summary>
internal sealed record OptaxExponential(double Initial, double TransitionSteps, double Rate, double TransitionBegin, bool IsStaircase, double? End) : ForeignOnlySchedule
{
    public override double ValueAt(double epochs, double baseValue)
    {
        if (TransitionSteps <= 0 || Rate == 0)
            return Initial;
        var count = epochs - TransitionBegin;
        var share = IsStaircase ? Math.Floor(count / TransitionSteps) : count / TransitionSteps;
        var value = count <= 0 ? Initial : Initial * Math.Pow(Rate, share);
        return (End, Rate < 1) switch
        {
            (null, _) => value,
            ({ } floor, true) => Math.Max(value, floor),
            ({ } ceiling, false) => Math.Min(value, ceiling),
        };
    }

    public override Schedule Candidate()
    {
        if (TransitionSteps <= 0 || Rate == 0)
            return new ConstantSchedule(Level.Absolute(Initial));
        var decay = Equivalent.Delayed(Equivalent.OnBase(Initial, new ExponentialSchedule(Rate, TransitionSteps, IsStaircase)), TransitionBegin);
        return End is { } end ? new ClampSchedule(decay, Level.Absolute(end), Level.Absolute(Math.Max(Initial, end))) : decay;
    }
}
