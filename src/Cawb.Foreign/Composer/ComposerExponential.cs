namespace Cawb.Foreign.Composer;

/// <summary><c>gamma ** (t / period)</c>, whole powers only where it is a staircase.</summary>
internal sealed record ComposerExponential(ComposerRun Run, double Gamma, ComposerTime Period, bool IsStaircase) : ComposerSchedule(Run)
{
    public override double FactorAt(double batches)
    {
        var periods = Period.Reached(batches, Run) / Period.Value;
        return Math.Pow(Gamma, IsStaircase ? Math.Truncate(periods) : periods);
    }

    public override Schedule Candidate()
    {
        var steps = Period.Value / (Period.IsSamples ? Run.SamplesPerBatch : 1);
        return IsStaircase ? new StepSchedule(steps, Gamma) : new ExponentialSchedule(Gamma, steps);
    }
}
