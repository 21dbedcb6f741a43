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
}
