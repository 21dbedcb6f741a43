namespace Cawb.Foreign.HuggingFace;

/// <summary><c>(T - step) / (T - W)</c>, not below 0.</summary>
internal sealed record HuggingFaceLinear(double WarmupSteps, double TrainingSteps) : HuggingFaceSchedule(WarmupSteps)
{
    protected override double CurveAt(double step) => Math.Max(0, (TrainingSteps - step) / Math.Max(1, TrainingSteps - WarmupSteps));

    protected override Schedule? OurCurve() => TrainingSteps > WarmupSteps ? new LinearSchedule(TrainingSteps - WarmupSteps) : null;
}
