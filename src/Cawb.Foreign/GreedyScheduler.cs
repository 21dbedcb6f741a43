namespace Cawb.Foreign;

/// <summary>
/// Hugging Face's GreedyLR: raises the rates while a metric keeps getting better, lowers them while it does not, and starts over after some reductions at the minimum.
/// A metric drives it, so that it is walked and no function of time.
/// </summary>
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
    private readonly int reductionsAtFloor;
    private readonly double[] startRates;
    private readonly Queue<double> recent = new();
    private double best;
    private int goodCount;
    private int badCount;
    private int cooldownLeft;
    private int warmupLeft;
    private int untilReset;

    private GreedyScheduler(ForeignRequest request)
        : base(request.Name, request.BaseRates)
    {
        var arguments = request.Arguments;
        rule = new MetricRule(arguments.Choice("mode", "min", "max") == "min", arguments.Choice("threshold_mode", "rel", "abs") == "rel", arguments.Number("threshold"));
        factor = arguments.Number("factor", value => value is > 0 and < 1, "between 0 and 1, both excluded");
        patience = arguments.Integer("patience", atLeast: 0);
        cooldown = arguments.Integer("cooldown", atLeast: 0);
        warmup = arguments.Integer("warmup", atLeast: 0);
        floors = arguments.PerGroup("min_lr", Rates.Length);
        ceilings = arguments.PerGroup("max_lr", Rates.Length);
        smallestChange = arguments.Number("eps");
        window = arguments.Flag("smooth") ? arguments.Integer("window_size", atLeast: 1) : 1;
        arguments.Flag("verbose");
        reductionsAtFloor = arguments.Integer("reset_start", atLeast: 0);
        startRates = [.. Rates];
        StartOver();
    }

    public static ForeignRecipe Build(ForeignRequest request)
    {
        Torch.CheckOptimizer(request);
        ForeignScheduler Start() => new GreedyScheduler(request);
        Start();
        var constant = request.Formula("raises the rate as well when a metric gets better, which none of ours does; nearest is our plateau schedule", (_, value) => value, isRelative: true);
        return ForeignCall.Followed(request, request.Recipe(constant) with { Start = Start, WaitsForMetric = true }, ForeignCall.Listed(request.Arguments, "metrics", ForeignCallKind.StepWithMetric));
    }

    private protected override void AdvanceWith(double metric)
    {
        var current = Smoothed(metric);
        // While either waits, the cooldown first, nothing is counted and the best metric stays.
        if (cooldownLeft > 0)
        {
            cooldownLeft--;
            return;
        }
        if (warmupLeft > 0)
        {
            warmupLeft--;
            return;
        }
        Count(current);
        if (goodCount > patience)
            Raise();
        else if (badCount > patience)
            Lower();
    }

    private void StartOver()
    {
        best = rule.Worst;
        (goodCount, badCount, cooldownLeft, warmupLeft, untilReset) = (0, 0, 0, 0, reductionsAtFloor);
        recent.Clear();
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

    private void Raise()
    {
        for (var group = 0; group < Rates.Length; group++)
        {
            var raised = Math.Min(Rates[group] / factor, ceilings[group]);
            if (raised - Rates[group] > smallestChange)
                Rates[group] = raised;
        }
        (warmupLeft, goodCount, untilReset) = (warmup, 0, reductionsAtFloor);
    }

    private void Lower()
    {
        for (var group = 0; group < Rates.Length; group++)
        {
            var lowered = Math.Max(Rates[group] * factor, floors[group]);
            if (Rates[group] - lowered > smallestChange)
                Rates[group] = lowered;
        }
        if (Rates.Zip(floors).All(pair => pair.First <= pair.Second) && --untilReset <= 0)
        {
            startRates.CopyTo(Rates, 0);
            StartOver();
        }
        // The wait begins after starting over too.
        (cooldownLeft, badCount) = (cooldown, 0);
    }
}
