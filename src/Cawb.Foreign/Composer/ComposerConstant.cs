namespace Cawb.Foreign.Composer;

/// <summary>A factor before a time, 1 from there on.</summary>
internal sealed record ComposerConstant(ComposerRun Run, double Factor, ComposerTime End) : ComposerSchedule(Run)
{
    public override double FactorAt(double batches) => End.Reached(batches, Run) < End.Value ? Factor : 1;

    public override Schedule Candidate() => Factor == 1
        ? new ConstantSchedule()
        : new PiecewiseConstantSchedule([Math.Ceiling(End.Value / (End.IsSamples ? Run.SamplesPerBatch : 1))], [Level.Factor(Factor), Level.Base]);
}
