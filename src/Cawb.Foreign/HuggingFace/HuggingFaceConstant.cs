namespace Cawb.Foreign.HuggingFace;

/// <summary>1.</summary>
internal sealed record HuggingFaceConstant(double WarmupSteps) : HuggingFaceSchedule(WarmupSteps)
{
    protected override double CurveAt(double step) => 1;

    protected override Schedule OurCurve() => new ConstantSchedule();
}
