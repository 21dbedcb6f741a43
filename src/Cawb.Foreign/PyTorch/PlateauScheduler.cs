namespace Cawb.Foreign.PyTorch;

/// <summary>Reduces the rates when a metric has stopped getting better.</summary>
internal sealed class PlateauScheduler(
    string name, ParameterGroups groups, MetricRule rule, double factor, int patience, int cooldown, double[] floors, double smallestChange)
    : ForeignScheduler(name, groups)
{
    public double Best { get; private set; } = rule.Worst;

    public int BadCount { get; private set; }

    public int CooldownLeft { get; private set; }

    public static PlateauScheduler Make(string name, ParameterGroups groups, Arguments arguments) => new(
        name,
        groups,
        new MetricRule(arguments.Choice("mode", "min", "max") == "min", arguments.Choice("threshold_mode", "rel", "abs") == "rel", arguments.Number("threshold")),
        arguments.Number("factor", value => value < 1, "below 1"),
        arguments.Integer("patience"),
        arguments.Integer("cooldown"),
        arguments.PerGroup("min_lr", groups.Count),
        arguments.Number("eps"));

    internal override void AdvanceWith(double metric)
    {
        if (rule.IsBetter(metric, Best))
        {
            Best = metric;
            BadCount = 0;
        }
        else
        {
            BadCount++;
        }
        if (CooldownLeft > 0)
        {
            CooldownLeft--;
            BadCount = 0;
        }
        if (BadCount <= patience)
            return;
        Reduce();
        CooldownLeft = cooldown;
        BadCount = 0;
    }

    private void Reduce()
    {
        for (var group = 0; group < Groups.Count; group++)
        {
            var reduced = Math.Max(Groups.Rates[group] * factor, floors[group]);
            if (Groups.Rates[group] - reduced > smallestChange)
                Groups.Rates[group] = reduced;
        }
    }
}
