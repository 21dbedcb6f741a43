namespace Cawb.Foreign.HuggingFace;

/// <summary>Ramp, plateau, decay, floor; ramp and decay have one of three shapes and lie between the floor and 1.</summary>
internal sealed record HuggingFaceWarmupStableDecay(
    double WarmupSteps, double StableSteps, double DecaySteps, string WarmupCurve, string DecayCurve, double Floor, double Cycles)
    : HuggingFaceSchedule(WarmupSteps)
{
    protected override double RampAt(double step)
    {
        var share = step / Math.Max(1, WarmupSteps);
        return AboveFloor(WarmupCurve switch
        {
            "linear" => share,
            "cosine" => 0.5 * (1 - Math.Cos(Math.PI * share)),
            _ => 1 - Math.Sqrt(1 - share),
        });
    }

    protected override double CurveAt(double step)
    {
        if (step < WarmupSteps + StableSteps)
            return 1;
        if (step >= WarmupSteps + StableSteps + DecaySteps)
            return Floor;
        var share = (step - WarmupSteps - StableSteps) / Math.Max(1, DecaySteps);
        return AboveFloor(DecayCurve switch
        {
            "linear" => 1 - share,
            "cosine" => 0.5 * (1 + Math.Cos(Math.PI * Cycles * 2 * share)),
            _ => 1 - Math.Sqrt(share),
        });
    }

    private double AboveFloor(double factor) => Math.Max(0, factor * (1 - Floor) + Floor);

    public override Schedule? Candidate()
    {
        if (StableSteps < 0 || DecaySteps < 1 || (WarmupSteps > 0 && (WarmupSteps < 1 || WarmupCurve != "linear")))
            return null;
        return DecayCurve switch
        {
            "linear" => Phases(DecayShape.Linear),
            "cosine" when Cycles == 0.5 => Phases(DecayShape.Cosine),
            "1-sqrt" => Phases(DecayShape.SquareRoot),
            _ => null,
        };
    }

    private WarmupStableDecaySchedule Phases(DecayShape shape) =>
        new(WarmupSteps, StableSteps, DecaySteps, Level.Factor(Floor), Level.Base, Level.Factor(Floor), shape);
}
