namespace Cawb.Foreign.HuggingFace;

/// <summary><c>((1 - share) ** power (1 - floor)) + floor</c> with the floor as a fraction of the optimizer's default rate.</summary>
internal sealed record HuggingFacePolynomial(double WarmupSteps, double TrainingSteps, double DefaultRate, double EndRate, double Power)
    : HuggingFaceSchedule(WarmupSteps)
{
    public override string FaultAt(double position) => position >= WarmupSteps && position <= TrainingSteps && TrainingSteps == WarmupSteps
        ? "num_training_steps equals num_warmup_steps, and the library divides by their difference at this step."
        : "";

    protected override double CurveAt(double step)
    {
        if (step > TrainingSteps || TrainingSteps == WarmupSteps)
            return EndRate / DefaultRate;
        var remaining = 1 - (step - WarmupSteps) / (TrainingSteps - WarmupSteps);
        return ((DefaultRate - EndRate) * Math.Pow(remaining, Power) + EndRate) / DefaultRate;
    }

    protected override Schedule? OurCurve() => TrainingSteps > WarmupSteps
        ? new PolynomialSchedule(TrainingSteps - WarmupSteps, Power, Level.Base, Level.Factor(EndRate / DefaultRate))
        : null;
}
