namespace Cawb.Foreign.Keras;

/// <summary><c>initial * rate ** (step / decay_steps)</c>.</summary>
internal sealed record KerasExponential(double Initial, double DecaySteps, double Rate, bool IsStaircase) : ForeignOnlySchedule
{
    public override double ValueAt(double epochs, double baseValue)
    {
        var share = Math.Max(epochs, 0) / DecaySteps;
        return Initial * Math.Pow(Rate, IsStaircase ? Math.Floor(share) : share);
    }

    public override Schedule Candidate() => Equivalent.OnBase(Initial, new ExponentialSchedule(Rate, DecaySteps, IsStaircase));
}
