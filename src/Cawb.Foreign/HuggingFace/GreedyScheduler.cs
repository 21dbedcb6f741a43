using Cawb.Foreign.PyTorch;

namespace Cawb.Foreign.HuggingFace;

/// <summary>Raises the rates while a metric keeps getting better, lowers them while it does not, and starts over after some time at the minimum.</summary>
internal sealed class GreedyScheduler : ForeignScheduler
{
    private readonly MetricRule rule;
    private readonly double factor;
    private readonly int patience;
    private readonly int cooldown;
    private readonly int warmup;
    private readonly double[] floors;
    private readonly double[] ceilings;
    private readonly double smallestChange;
    private readonly int window;
    private readonly int stepsAtFloor;
    private readonly double[] startRates;
    private readonly Queue<double> recent = new();
    private double best;
    private int goodCount;
    private int badCount;
    private int cooldownLeft;
    private int warmupLeft;
    private int untilReset;

    public GreedyScheduler(string name, ParameterGroups groups, Arguments arguments)
        : base(name, groups)
    {
        rule = new MetricRule(arguments.Choice("mode", "min", "max") == "min", arguments.Choice("threshold_mode", "rel", "abs") == "rel", arguments.Number("threshold"));
        factor = arguments.Number("factor", value => value is > 0 and < 1, "between 0 and 1, both excluded");
        patience = arguments.Integer("patience", atLeast: 0);
        cooldown = arguments.Integer("cooldown", atLeast: 0);
        warmup = arguments.Integer("warmup", atLeast: 0);
        floors = arguments.PerGroup("min_lr", groups.Count);
        ceilings = arguments.PerGroup("max_lr", groups.Count);
        smallestChange = arguments.Number("eps");
        window = arguments.Flag("smooth") ? arguments.Integer("window_size", atLeast: 1) : 1;
        arguments.Flag("verbose");
        stepsAtFloor = arguments.Integer("reset_start", atLeast: 0);
        startRates = [.. groups.Rates];
        StartOver();
    }

    internal override void AdvanceWith(double metric)
    {
        Count(Smoothed(metric));
        if (cooldownLeft > 0)
        {
            cooldownLeft--;
            badCount = 0;
        }
        if (warmupLeft > 0)
        {
            warmupLeft--;
            goodCount = 0;
        }
        if (goodCount > patience)
        {
            Change((rate, group) => Math.Min(rate / factor, ceilings[group]));
            (warmupLeft, goodCount) = (warmup, 0);
        }
        if (badCount > patience)
        {
            Change((rate, group) => Math.Max(rate * factor, floors[group]));
            (cooldownLeft, badCount) = (cooldown, 0);
        }
        if (AtFloor() && stepsAtFloor > 0 && --untilReset == 0)
        {
            startRates.CopyTo(Groups.Rates, 0);
            StartOver();
        }
    }

    private void StartOver()
    {
        best = rule.Worst;
        (goodCount, badCount, cooldownLeft, warmupLeft, untilReset) = (0, 0, 0, 0, stepsAtFloor);
    }

    private double Smoothed(double metric)
    {
        recent.Enqueue(metric);
        if (recent.Count > window)
            recent.Dequeue();
        return window == 1 ? metric : recent.Sum() / recent.Count;
    }

    private void Count(double metric)
    {
        if (rule.IsBetter(metric, best))
        {
            best = metric;
            (goodCount, badCount) = (goodCount + 1, 0);
        }
        else
        {
            (goodCount, badCount) = (0, badCount + 1);
        }
    }

    private bool AtFloor() => Groups.Rates.Zip(floors).All(pair => pair.First <= pair.Second);

    private void Change(Func<double, int, double> next)
    {
        for (var group = 0; group < Groups.Count; group++)
        {
            var changed = next(Groups.Rates[group], group);
            if (Math.Abs(changed - Groups.Rates[group]) > smallestChange)
                Groups.Rates[group] = changed;
        }
    }
}
