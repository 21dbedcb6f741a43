using Cawb.Foreign.PyTorch;

namespace Cawb.Foreign.Mmengine;

/// <summary>PyTorch's one-cycle curve within the window; the initial rates are replaced.</summary>
internal sealed class MmengineOneCycle : MmengineScheduler
{
    private readonly OneCycle cycle;
    private readonly double[][] levels;

    public MmengineOneCycle(string name, ParameterGroups groups, Arguments arguments)
        : base(name, groups, arguments)
    {
        var steps = arguments.IntegerOrNone("total_steps") is { } total ? total * EpochLength : (int)WindowSteps;
        if (steps <= 0 || steps >= NoEnd)
            throw arguments.Fault("total_steps", $"must be 1 or more, or be left out where 'end' is given; got {steps}");
        cycle = new OneCycle(arguments, steps);
        var divisor = arguments.Number("div_factor", value => value != 0, "other than 0");
        var finalDivisor = arguments.Number("final_div_factor", value => value != 0, "other than 0");
        levels = [.. arguments.PerGroup("eta_max", groups.Count).Select(peak => new[] { peak / divisor, peak, peak / divisor / finalDivisor })];
        groups.RememberInitialRates();
        for (var group = 0; group < groups.Count; group++)
            groups.InitialRates[group] = levels[group][0];
    }

    protected override double Next(int group, double rate)
    {
        if (LastStep > cycle.TotalSteps)
            throw Raised($"the library raises after {cycle.TotalSteps} steps, its total.");
        try
        {
            return cycle.At(LastStep, levels[group]);
        }
        catch (DivideByZeroException)
        {
            throw Raised("a phase of this schedule has no length, and the library divides by it.");
        }
    }
}
