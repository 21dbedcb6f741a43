namespace Cawb.Foreign.HuggingFace;

/// <summary><c>(1 + cos(2 pi cycles share)) / 2</c> between the floor and 1, not clipped at the end.</summary>
internal sealed record HuggingFaceCosine(double WarmupSteps, double TrainingSteps, double Cycles, double Floor) : HuggingFaceSchedule(WarmupSteps)
{
    protected override double CurveAt(double step) =>
        Math.Max(0, 0.5 * (1 + Math.Cos(Math.PI * Cycles * 2 * ShareOf(step, TrainingSteps))) * (1 - Floor) + Floor);

    protected override Schedule OurCurve() => Cycles == 0
        ? new ConstantSchedule()
        : Equivalent.EndlessCosine(SpanTo(TrainingSteps) / (2 * Math.Abs(Cycles)), Level.Base, Level.Factor(Floor));
}
