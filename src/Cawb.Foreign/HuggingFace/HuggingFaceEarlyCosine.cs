namespace Cawb.Foreign.HuggingFace;

/// <summary>The cosine one step ahead of time: the ramp starts above 0 and the first step after it has already fallen.</summary>
/// <remarks>Without a start of the ramp, which is the factor at step 0, the ramp is <c>(step + 1) / W</c>.</remarks>
internal sealed record HuggingFaceEarlyCosine(double WarmupSteps, double TrainingSteps, double Cycles, double Floor, double? RampStart)
    : HuggingFaceSchedule(WarmupSteps)
{
    protected override double RampAt(double step) => RampStart is { } start
        ? start + (1 - start) * step / Math.Max(1, WarmupSteps - 1)
        : (step + 1) / Math.Max(1, WarmupSteps);

    protected override double CurveAt(double step) =>
        Math.Max(0, 0.5 * (1 + Math.Cos(Math.PI * Cycles * 2 * ShareOf(step + 1, TrainingSteps))) * (1 - Floor) + Floor);

    // One step early: the ramp is full at W - 1, and there the cosine begins.
    public override Schedule? Candidate()
    {
        if (Cycles == 0 || WarmupSteps < 1)
            return null;
        var curve = Equivalent.EndlessCosine(SpanTo(TrainingSteps) / (2 * Math.Abs(Cycles)), Level.Base, Level.Factor(Floor));
        return Equivalent.Ramped(curve, WarmupSteps - 1, Level.Factor(RampStart ?? 1 / WarmupSteps));
    }
}
