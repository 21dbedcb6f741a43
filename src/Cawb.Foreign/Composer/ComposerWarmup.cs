namespace Cawb.Foreign.Composer;

/// <summary>A line from 0 up to a factor before a time; then another schedule, on the same clock.</summary>
/// <param name="Run">The run.</param>
/// <param name="RampEnd">Where the other schedule takes over.</param>
/// <param name="RampLength">What the line's slope refers to: shorter than <paramref name="RampEnd"/> where the ratio scales the warm-up, which then waits at the top.</param>
/// <param name="Peak">Where the line ends.</param>
/// <param name="Next">What follows.</param>
internal sealed record ComposerWarmup(ComposerRun Run, ComposerTime RampEnd, ComposerTime RampLength, double Peak, ComposerSchedule Next) : ComposerSchedule(Run)
{
    public override double FactorAt(double batches) =>
        RampEnd.Reached(batches, Run) < RampEnd.Value ? ShareOf(RampLength, batches) * Peak : Next.FactorAt(batches);

    public override Schedule? Candidate()
    {
        if (RampEnd != RampLength)
            return null;
        var steps = RampEnd.Value / (RampEnd.IsSamples ? Run.SamplesPerBatch : 1);
        if (Next is ComposerCurve curve)
            return new WarmupSchedule(curve.AfterStart(), steps);
        return Next.Candidate() is { } next ? new WarmupSchedule(new ShiftSchedule(next, -steps), steps) : null;
    }
}
