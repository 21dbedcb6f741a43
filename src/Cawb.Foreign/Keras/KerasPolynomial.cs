namespace Cawb.Foreign.Keras;

/// <summary><c>(initial - end) (1 - share) ** power + end</c>; with cycles the length of the decay grows by itself each time its end is passed.</summary>
internal sealed record KerasPolynomial(double Initial, double DecaySteps, double End, double Power, bool IsCyclic) : ForeignOnlySchedule
{
    public override double ValueAt(double epochs, double baseValue)
    {
        var step = Math.Max(epochs, 0);
        var length = IsCyclic ? DecaySteps * (step == 0 ? 1 : Math.Ceiling(step / DecaySteps)) : DecaySteps;
        var share = (IsCyclic ? step : Math.Min(step, DecaySteps)) / length;
        return (Initial - End) * Math.Pow(1 - share, Power) + End;
    }

    public override Schedule? Candidate() => IsCyclic
        ? null
        : Power == 1
            ? new LinearSchedule(DecaySteps, Level.Absolute(Initial), Level.Absolute(End))
            : new PolynomialSchedule(DecaySteps, Power, Level.Absolute(Initial), Level.Absolute(End));
}
