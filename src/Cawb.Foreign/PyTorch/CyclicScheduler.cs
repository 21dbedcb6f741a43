namespace Cawb.Foreign.PyTorch;

/// <summary>Triangles between two rates, with momentum running the other way; the optimizer's own rate is overwritten.</summary>
internal sealed class CyclicScheduler : TorchScheduler
{
    private readonly double[] peaks;
    private readonly double[] baseMomenta;
    private readonly double[] maxMomenta;
    private readonly double length;
    private readonly double upShare;
    private readonly bool countsCycles;
    private readonly Func<double, double> scale;

    public CyclicScheduler(string name, ParameterGroups groups, Arguments arguments)
        : base(name, groups, arguments.Integer("last_epoch"))
    {
        var floors = arguments.PerGroup("base_lr", groups.Count);
        peaks = arguments.PerGroup("max_lr", groups.Count);
        var up = arguments.Number("step_size_up", value => value > 0, "above 0");
        var down = arguments.NumberOrNone("step_size_down") ?? up;
        length = up + down;
        upShare = up / length;
        var mode = arguments.Choice("mode", "triangular", "triangular2", "exp_range");
        var gamma = arguments.Number("gamma");
        (scale, countsCycles) = mode switch
        {
            _ when arguments.Has("scale_fn") => (EpochFunction.Read(arguments, "scale_fn", arguments.Value("scale_fn")), CountsCycles(arguments)),
            "triangular" => (_ => 1.0, true),
            "triangular2" => (cycle => 1 / Math.Pow(2, cycle - 1), true),
            _ => ((Func<double, double>)(step => Math.Pow(gamma, step)), false),
        };
        baseMomenta = arguments.PerGroup("base_momentum", groups.Count);
        maxMomenta = arguments.PerGroup("max_momentum", groups.Count);
        if (arguments.Flag("cycle_momentum"))
        {
            groups.MomentumIsDriven = true;
            if (LastEpoch < 0)
                maxMomenta.CopyTo(groups.Momenta, 0);
        }
        if (LastEpoch < 0)
            floors.CopyTo(groups.Rates, 0);
    }

    protected override double Next(int group, double rate) =>
        Groups.InitialRates[group] + (peaks[group] - Groups.InitialRates[group]) * Height() * Scale();

    protected override void UpdateMomenta()
    {
        for (var group = 0; Groups.MomentumIsDriven && group < Groups.Count; group++)
            Groups.Momenta[group] = maxMomenta[group] - (maxMomenta[group] - baseMomenta[group]) * Height() * Scale();
    }

    private static bool CountsCycles(Arguments arguments) => arguments.Choice("scale_mode", "cycle", "iterations") == "cycle";

    private double Cycle() => Math.Floor(1 + LastEpoch / length);

    private double Height()
    {
        var x = 1 + LastEpoch / length - Cycle();
        return x <= upShare ? x / upShare : (x - 1) / (upShare - 1);
    }

    private double Scale() => scale(countsCycles ? Cycle() : LastEpoch);
}
