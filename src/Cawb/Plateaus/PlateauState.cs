namespace Cawb;

/// <summary>How far a plateau rule has come; what a checkpoint stores of it.</summary>
/// <param name="Best">The best metric so far; infinite before the first report.</param>
/// <param name="BadReports">Reports without improvement since the last improvement or reduction.</param>
/// <param name="CooldownReports">Reports that still count for nothing.</param>
/// <param name="Reductions">How often the value has been reduced.</param>
public readonly record struct PlateauState(double Best, int BadReports, int CooldownReports, int Reductions)
{
    /// <summary>Before the first report.</summary>
    public static PlateauState Initial(PlateauRule rule) =>
        new(rule.Goal == MetricGoal.Minimize ? double.PositiveInfinity : double.NegativeInfinity, BadReports: 0, CooldownReports: 0, Reductions: 0);

    /// <summary>The state after one more metric.</summary>
    /// <param name="rule">The rule that the state belongs to.</param>
    /// <param name="metric">Any number; NaN counts as no improvement.</param>
    public PlateauState After(PlateauRule rule, double metric)
    {
        var isBetter = rule.IsBetter(metric, Best);
        var best = isBetter ? metric : Best;
        var bad = isBetter ? 0 : BadReports + 1;
        if (CooldownReports > 0)
            return new PlateauState(best, BadReports: 0, CooldownReports - 1, Reductions);
        return bad > rule.Patience
            ? new PlateauState(best, BadReports: 0, rule.Cooldown, Reductions + 1)
            : new PlateauState(best, bad, CooldownReports: 0, Reductions);
    }
}
