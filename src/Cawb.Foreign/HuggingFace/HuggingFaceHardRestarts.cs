namespace Cawb.Foreign.HuggingFace;

/// <summary>So many half cosines between ramp and end, then 0.</summary>
internal sealed record HuggingFaceHardRestarts(double WarmupSteps, double TrainingSteps, double Cycles) : HuggingFaceSchedule(WarmupSteps)
{
    protected override double CurveAt(double step)
    {
        var share = ShareOf(step, TrainingSteps);
        return share >= 1 ? 0 : Math.Max(0, 0.5 * (1 + Math.Cos(Math.PI * (Cycles * share % 1))));
    }

    protected override Schedule? OurCurve() => Cycles >= 1 && Cycles == Math.Floor(Cycles)
        ? new CosineRestartsSchedule(CyclePlan.Equal(SpanTo(TrainingSteps) / Cycles, (int)Cycles))
        : null;
}
