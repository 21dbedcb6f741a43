namespace Cawb.Foreign.Composer;

/// <summary>Half a cosine per interval; interval lengths are multiplied and truncated to whole units.</summary>
internal sealed record ComposerRestarts(ComposerRun Run, ComposerTime First, double LengthMultiplier, double To) : ComposerSchedule(Run)
{
    public override string FaultAt(double position) => Locate(Math.Max(position, 0)).Length <= 0
        ? "the intervals have shrunk to no length, and the library raises."
        : "";

    public override double FactorAt(double batches)
    {
        var (remaining, length) = Locate(batches);
        return length <= 0 ? To : To + (1 - To) * (1 + Math.Cos(Math.PI * (1 - remaining / length))) / 2;
    }

    private (double Remaining, double Length) Locate(double batches)
    {
        var now = First.Reached(batches, Run);
        var (length, end) = (First.Value, First.Value);
        if (LengthMultiplier == 1 && length > 0)
            return (length - now % length, length);
        while (now >= end && length > 0)
        {
            length = Math.Truncate(LengthMultiplier * length);
            end += length;
        }
        return (end - now, length);
    }

    public override Schedule? Candidate() => LengthMultiplier == Math.Floor(LengthMultiplier)
        ? Equivalent.EndlessRestarts(First.Value / (First.IsSamples ? Run.SamplesPerBatch : 1), LengthMultiplier, Level.Base, Level.Factor(To))
        : null;
}
