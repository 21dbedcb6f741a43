namespace Cawb.Foreign.Mmengine;

/// <summary>Half a cosine in <c>T_max</c> steps, and on along the same cosine, up again, while the window lasts.</summary>
internal sealed class MmengineCosine : MmengineScheduler
{
    private readonly double steps;
    private readonly MmengineFloor lowest;

    public MmengineCosine(string name, ParameterGroups groups, Arguments arguments)
        : base(name, groups, arguments)
    {
        steps = arguments.Has("T_max") ? arguments.Number("T_max", value => value > 0, "above 0") * EpochLength : WindowSteps;
        lowest = MmengineFloor.Read(arguments);
    }

    protected override double Next(int group, double rate)
    {
        if (LastStep == 0)
            return rate;
        var floor = lowest.Of(Groups.InitialRates[group]);
        if ((LastStep - 1 - steps) % (2 * steps) == 0)
            return rate + (Groups.InitialRates[group] - floor) * (1 - Math.Cos(Math.PI / steps)) / 2;
        return (1 + Math.Cos(Math.PI * LastStep / steps)) / (1 + Math.Cos(Math.PI * (LastStep - 1) / steps)) * (rate - floor) + floor;
    }
}
