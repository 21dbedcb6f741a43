namespace Cawb.Foreign.Composer;

/// <summary>A multiplier of the base rate at a number of batches.</summary>
internal abstract record ComposerSchedule(ComposerRun Run) : ForeignOnlySchedule
{
    public override bool IsRelative => true;

    public override double ValueAt(double epochs, double baseValue) => baseValue * FactorAt(Math.Max(epochs, 0));

    /// <summary>The multiplier at a number of batches, 0 or more.</summary>
    public abstract double FactorAt(double batches);

    /// <summary>The share of a time that has passed, at most 1.</summary>
    protected double ShareOf(ComposerTime time, double batches) => Math.Min(1, time.Reached(batches, Run) / time.Value);
}
