namespace Cawb.Foreign;

/// <summary>PyTorch's reduction on a plateau, which Hugging Face, timm and mmengine use as well: a metric drives it, so that it is walked and no function of time.</summary>
internal sealed class Plateau(string name, IEnumerable<double> rates, MetricRule rule, double factor, int patience, int cooldown, double[] floors, double smallestChange)
    : ForeignScheduler(name, rates)
{
    public double Best { get; private set; } = rule.Worst;

    public int BadCount { get; private set; }

    public int CooldownLeft { get; private set; }

    /// <summary>Torch's scheduler; without listed metrics the rate stays, and the rule is in the schedule's text for a scheduler that reports them.</summary>
    public static ForeignRecipe Build(ForeignRequest request)
    {
        Torch.CheckOptimizer(request);
        var arguments = request.Arguments;
        var (isSmallerBetter, isRelative) = (arguments.Choice("mode", "min", "max") == "min", arguments.Choice("threshold_mode", "rel", "abs") == "rel");
        var (factor, threshold) = (arguments.Number("factor", value => value < 1, "below 1"), arguments.Number("threshold"));
        var (patience, cooldown) = (arguments.Integer("patience"), arguments.Integer("cooldown"));
        var (floors, smallestChange) = (arguments.PerGroup("min_lr", request.BaseRates.Count), arguments.Number("eps"));
        var ours = request.PerGroup(group => new PlateauSchedule(new ConstantSchedule(), new PlateauRule(
            factor, patience, isSmallerBetter ? MetricGoal.Minimize : MetricGoal.Maximize, threshold, isRelative ? ThresholdMode.Relative : ThresholdMode.Absolute, cooldown, Level.Absolute(floors[group]))));
        var recipe = new ForeignRecipe(ours)
        {
            Start = () => new Plateau(request.Name, request.BaseRates, new MetricRule(isSmallerBetter, isRelative, threshold), factor, patience, cooldown, floors, smallestChange),
        };
        return ForeignCall.Followed(request, recipe, ForeignCall.Listed(arguments, "metrics", ForeignCallKind.StepWithMetric));
    }

    /// <summary>Goes on from other rates, which somebody set in between.</summary>
    public void Set(ReadOnlySpan<double> rates) => rates.CopyTo(Rates);

    private protected override void AdvanceWith(double metric)
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
        for (var group = 0; group < Rates.Length; group++)
        {
            var reduced = Math.Max(Rates[group] * factor, floors[group]);
            if (Rates[group] - reduced > smallestChange)
                Rates[group] = reduced;
        }
    }
}
