namespace Cawb.Foreign.PyTorch;

/// <summary>Up to <c>max_lr</c> and far down, with momentum running the other way; the optimizer's own rate is overwritten.</summary>
internal sealed class OneCycleScheduler : TorchScheduler
{
    private readonly OneCycle cycle;
    private readonly double[][] rateLevels;
    private readonly double[][] momentumLevels;

    public OneCycleScheduler(string name, ParameterGroups groups, Arguments arguments)
        : base(name, groups, arguments.Integer("last_epoch"))
    {
        cycle = new OneCycle(arguments, TotalSteps(arguments));
        var divisor = arguments.Number("div_factor", value => value != 0, "other than 0");
        var finalDivisor = arguments.Number("final_div_factor", value => value != 0, "other than 0");
        var baseMomenta = arguments.PerGroup("base_momentum", groups.Count);
        var maxMomenta = arguments.PerGroup("max_momentum", groups.Count);
        rateLevels = [.. arguments.PerGroup("max_lr", groups.Count).Select(peak => new[] { peak / divisor, peak, peak / divisor / finalDivisor })];
        momentumLevels = [.. maxMomenta.Zip(baseMomenta, (max, min) => new[] { max, min, max })];
        if (LastEpoch < 0)
        {
            groups.RememberInitialRates();
            for (var group = 0; group < groups.Count; group++)
                groups.InitialRates[group] = rateLevels[group][0];
        }
        if (!arguments.Flag("cycle_momentum"))
            return;
        groups.MomentumIsDriven = true;
        if (LastEpoch < 0)
            maxMomenta.CopyTo(groups.Momenta, 0);
    }

    protected override double Next(int group, double rate)
    {
        if (LastEpoch > cycle.TotalSteps)
            throw Raised($"the library raises after {cycle.TotalSteps} steps, its total.");
        return At(rateLevels[group]);
    }

    protected override void UpdateMomenta()
    {
        for (var group = 0; Groups.MomentumIsDriven && group < Groups.Count; group++)
            Groups.Momenta[group] = At(momentumLevels[group]);
    }

    private static int TotalSteps(Arguments arguments)
    {
        if (arguments.IntegerOrNone("total_steps") is { } total)
            return total > 0 ? total : throw arguments.Fault("total_steps", $"must be 1 or more; got {total}");
        if (!arguments.Has("epochs") || !arguments.Has("steps_per_epoch"))
            throw arguments.Fault("total_steps", "is missing, and so are 'epochs' and 'steps_per_epoch': give one or the other two");
        return arguments.Integer("epochs", atLeast: 1) * arguments.Integer("steps_per_epoch", atLeast: 1);
    }

    private double At(double[] levels)
    {
        try
        {
            return cycle.At(LastEpoch, levels);
        }
        catch (DivideByZeroException)
        {
            throw Raised("a phase of this schedule has no length, and the library divides by it.");
        }
    }
}
