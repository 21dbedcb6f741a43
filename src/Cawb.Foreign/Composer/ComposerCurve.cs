namespace Cawb.Foreign.Composer;

/// <summary>A curve over the time <c>t_max</c>, flat afterwards; <paramref name="Start"/> is the time at which it begins.</summary>
internal sealed record ComposerCurve(ComposerRun Run, ComposerShape Shape, ComposerTime Start, ComposerTime End, double From, double To, double Power) : ComposerSchedule(Run)
{
    public override double FactorAt(double batches)
    {
        var share = Math.Min(1, (End.Reached(batches, Run) - Start.Value) / (End.Value - Start.Value));
        return Shape switch
        {
            ComposerShape.Linear => From + share * (To - From),
            ComposerShape.Cosine => To + (1 - To) * (1 + Math.Cos(Math.PI * share)) / 2,
            _ => To + Math.Pow(1 - share, Power) * (1 - To),
        };
    }

    public override Schedule? Candidate() => Start.Value == 0 ? AfterStart() : null;

    /// <summary>The curve with its start at time 0.</summary>
    public Schedule AfterStart()
    {
        var steps = (End.Value - Start.Value) / (End.IsSamples ? Run.SamplesPerBatch : 1);
        var (from, to) = (Level.Factor(From), Level.Factor(To));
        return Shape switch
        {
            ComposerShape.Linear => From == To ? new ConstantSchedule(from) : new LinearSchedule(steps, from, to),
            ComposerShape.Cosine => new CosineSchedule(steps, from, to),
            _ => new PolynomialSchedule(steps, Power, from, to),
        };
    }
}
