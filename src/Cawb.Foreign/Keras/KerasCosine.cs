namespace Cawb.Foreign.Keras;

/// <summary>Half a cosine down to alpha times its start, held at its end; with a warm-up target a line up to it in front.</summary>
/// <remarks>Without a target there is no warm-up, whatever the warm-up steps say: that is the library's switch.</remarks>
internal sealed record KerasCosine(double Initial, double DecaySteps, double Alpha, double? WarmupTarget, double WarmupSteps) : ForeignOnlySchedule
{
    public override double ValueAt(double epochs, double baseValue)
    {
        var step = Math.Max(epochs, 0);
        if (WarmupTarget is not { } target)
            return Decay(Math.Min(step, DecaySteps), Initial);
        var held = Math.Min(step, DecaySteps + WarmupSteps);
        return held < WarmupSteps ? (target - Initial) * (held / WarmupSteps) + Initial : Decay(held - WarmupSteps, target);
    }

    private double Decay(double step, double start) => start * ((1 - Alpha) * (0.5 * (1 + Math.Cos(Math.PI * (step / DecaySteps)))) + Alpha);

    public override Schedule Candidate()
    {
        var start = WarmupTarget ?? Initial;
        var curve = new CosineSchedule(DecaySteps, Level.Absolute(start), Level.Absolute(start * Alpha));
        return WarmupTarget is null ? curve : Equivalent.Ramped(curve, WarmupSteps, Level.Absolute(Initial));
    }
}
