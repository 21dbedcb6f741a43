namespace Cawb.Foreign.Composer;

/// <summary>Times gamma for every milestone that has been reached.</summary>
internal sealed record ComposerMultiStep(ComposerRun Run, double Gamma, ComposerTime[] Milestones) : ComposerSchedule(Run)
{
    public override double FactorAt(double batches)
    {
        var factor = 1.0;
        foreach (var milestone in Milestones)
        {
            if (milestone.Reached(batches, Run) >= milestone.Value)
                factor *= Gamma;
        }
        return factor;
    }

    public bool Equals(ComposerMultiStep? other) => other is not null && base.Equals(other) && Gamma == other.Gamma && Milestones.SequenceEqual(other.Milestones);

    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), Gamma, Milestones.Length);

    public override Schedule Candidate() =>
        new MultiStepSchedule(Milestones.Select(milestone => Math.Ceiling(milestone.Value / (milestone.IsSamples ? Run.SamplesPerBatch : 1))).Order(), Gamma);
}
