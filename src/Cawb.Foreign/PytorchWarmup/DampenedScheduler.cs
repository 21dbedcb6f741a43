namespace Cawb.Foreign.PytorchWarmup;

/// <summary>Another scheduler's rates times a warm-up factor: each step puts the undampened rates back, steps the other one and dampens again.</summary>
internal sealed class DampenedScheduler : ForeignScheduler
{
    private readonly ForeignScheduler inner;
    private readonly IReadOnlyList<Func<double, double>> factors;
    private readonly double[] undampened;
    private double lastStep;

    /// <param name="name">Library and function.</param>
    /// <param name="inner">The scheduler underneath, already made on the same groups.</param>
    /// <param name="factors">The factor of a step, one per group.</param>
    /// <param name="lastStep">-1 for a fresh start.</param>
    public DampenedScheduler(string name, ForeignScheduler inner, IReadOnlyList<Func<double, double>> factors, double lastStep)
        : base(name, inner.Groups)
    {
        (this.inner, this.factors, this.lastStep) = (inner, factors, lastStep);
        undampened = [.. Groups.Rates];
        Dampen();
    }

    internal override void Advance()
    {
        undampened.CopyTo(Groups.Rates, 0);
        inner.Advance();
        Groups.Rates.CopyTo(undampened, 0);
        Dampen();
    }

    private void Dampen()
    {
        lastStep++;
        for (var group = 0; group < Groups.Count; group++)
            Groups.Rates[group] *= factors[group](lastStep);
    }
}
