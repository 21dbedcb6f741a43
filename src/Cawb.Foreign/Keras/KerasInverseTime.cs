namespace Cawb.Foreign.Keras;

/// <summary><c>initial / (1 + rate * step / decay_steps)</c>.</summary>
internal sealed record KerasInverseTime(double Initial, double DecaySteps, double Rate, bool IsStaircase) : ForeignOnlySchedule
{
    public override double ValueAt(double epochs, double baseValue)
    {
        var share = Math.Max(epochs, 0) / DecaySteps;
        return Initial / (1 + Rate * (IsStaircase ? Math.Floor(share) : share));
    }

    public override Schedule Candidate() => Equivalent.OnBase(Initial, new InverseTimeSchedule(Rate, DecaySteps, IsStaircase));
}
