namespace Cawb.Foreign.Optax;

/// <summary><c>initial ((1 - alpha) ((1 + cos(pi share)) / 2) ** exponent + alpha)</c>, held at its end.</summary>
internal sealed record OptaxCosine(double Initial, double DecaySteps, double Alpha, double Exponent) : ForeignOnlySchedule
{
    public override double ValueAt(double epochs, double baseValue) =>
        Initial * ((1 - Alpha) * Math.Pow(0.5 * (1 + Math.Cos(Math.PI * Math.Clamp(epochs, 0, DecaySteps) / DecaySteps)), Exponent) + Alpha);

    public override Schedule Candidate() => Exponent == 1
        ? new CosineSchedule(DecaySteps, Level.Absolute(Initial), Level.Absolute(Initial * Alpha))
        : Equivalent.OnBase(Initial, new CawbSchedule(DecaySteps, [], Annealing.Cosine(Exponent, 1 - Alpha, Alpha), annealingUpdate: AnnealingUpdate.PerBatch));
}
