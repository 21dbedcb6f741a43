namespace Cawb.Foreign.HuggingFace;

/// <summary>What Hugging Face's schedules share: the base rate times a factor of the step, with a line up from 0 in front.</summary>
/// <param name="WarmupSteps">Steps of the line; 0 = none.</param>
internal abstract record HuggingFaceSchedule(double WarmupSteps) : ForeignOnlySchedule
{
    public override bool IsRelative => true;

    public override double ValueAt(double epochs, double baseValue) => baseValue * FactorAt(Math.Max(epochs, 0));

    /// <summary>The factor at a step, 0 or later.</summary>
    public double FactorAt(double step) => step < WarmupSteps ? RampAt(step) : CurveAt(step);

    /// <summary>The curve after its ramp; <see cref="Candidate"/> puts the ramp in front.</summary>
    protected virtual Schedule? OurCurve() => null;

    public override Schedule? Candidate() => OurCurve() is { } curve && (WarmupSteps == 0 || WarmupSteps >= 1) ? Equivalent.Ramped(curve, WarmupSteps, Level.Zero) : null;

    protected virtual double RampAt(double step) => step / Math.Max(1, WarmupSteps);

    /// <summary>The factor from the end of the ramp on.</summary>
    protected abstract double CurveAt(double step);

    /// <summary>Steps between the ramp and the end, at least 1 as the library has it.</summary>
    protected double SpanTo(double trainingSteps) => Math.Max(1, trainingSteps - WarmupSteps);

    /// <summary>The share of the steps between the ramp and the end; above 1 past the end.</summary>
    protected double ShareOf(double step, double trainingSteps) => (step - WarmupSteps) / SpanTo(trainingSteps);
}
