namespace Cawb.Foreign.HuggingFace;

/// <summary><c>1 / sqrt((step + timescale - W) / timescale)</c>.</summary>
internal sealed record HuggingFaceInverseSquareRoot(double WarmupSteps, double Timescale) : HuggingFaceSchedule(WarmupSteps)
{
    protected override double CurveAt(double step) => 1 / Math.Sqrt((step + (Timescale - WarmupSteps)) / Timescale);

    protected override Schedule OurCurve() => new InverseSquareRootSchedule(Timescale);
}
