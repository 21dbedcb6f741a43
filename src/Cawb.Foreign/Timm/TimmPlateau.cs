using Cawb.Foreign.PyTorch;

namespace Cawb.Foreign.Timm;

/// <summary>A ramp, then PyTorch's reduction on a plateau. Call k is <c>step(k, metric)</c>; metrics up to the end of the ramp are not looked at.</summary>
internal sealed class TimmPlateau : ForeignScheduler
{
    private readonly TimmWarmup warmup;
    private readonly double[] slopes;
    private readonly double[] scales;
    private readonly PlateauScheduler plateau;
    private int step;

    public TimmPlateau(string name, ParameterGroups groups, Arguments arguments, double[] scales)
        : base(name, groups)
    {
        this.scales = scales;
        warmup = TimmWarmup.Read(arguments);
        // Without a ramp the library still sets the ramp's first rate at step 0, which is 0 unless warmup_lr_init says otherwise.
        slopes = [.. groups.Rates.Select(rate => warmup.Steps > 0 ? (rate - warmup.Start) / warmup.Steps : 1)];
        plateau = new PlateauScheduler(
            name,
            groups,
            new MetricRule(arguments.Choice("mode", "min", "max") == "min", isRelative: true, arguments.Number("threshold")),
            arguments.Number("decay_rate", value => value < 1, "below 1"),
            arguments.Integer("patience_t"),
            arguments.Integer("cooldown_t"),
            arguments.PerGroup("lr_min", groups.Count),
            smallestChange: 1e-8);
        for (var group = 0; group < groups.Count; group++)
            groups.Rates[group] = scales[group] * (warmup.Steps > 0 ? warmup.Start : groups.Rates[group]);
    }

    internal override void AdvanceWith(double metric)
    {
        if (step <= warmup.Steps)
        {
            for (var group = 0; group < Groups.Count; group++)
                Groups.Rates[group] = scales[group] * (warmup.Start + step * slopes[group]);
        }
        else
        {
            plateau.AdvanceWith(metric);
        }
        step++;
    }
}
