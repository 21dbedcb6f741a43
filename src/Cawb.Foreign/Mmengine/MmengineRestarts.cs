namespace Cawb.Foreign.Mmengine;

/// <summary>Half a cosine per period from a weighted initial rate; after the last period the rate stays.</summary>
internal sealed class MmengineRestarts : MmengineScheduler
{
    private readonly double[] periods;
    private readonly double[] weights;
    private readonly MmengineFloor lowest;

    public MmengineRestarts(string name, ParameterGroups groups, Arguments arguments)
        : base(name, groups, arguments)
    {
        periods = [.. arguments.Numbers("periods").Select(period => period * EpochLength)];
        weights = arguments.Numbers("restart_weights");
        if (periods.Length == 0 || periods.Any(period => period <= 0))
            throw arguments.Fault("periods", $"must be numbers above 0, at least one; got {Text.List(periods)}");
        if (weights.Length != periods.Length)
            throw arguments.Fault("restart_weights", $"must be as many as 'periods', {periods.Length}; got {weights.Length}");
        lowest = MmengineFloor.Read(arguments);
    }

    protected override double Next(int group, double rate)
    {
        var (start, index) = (0.0, 0);
        while (index < periods.Length && LastStep >= start + periods[index])
            start += periods[index++];
        if (index == periods.Length)
            return rate;
        var step = LastStep - start;
        if (step == 0)
            return Groups.InitialRates[group] * weights[index];
        var floor = lowest.Of(Groups.InitialRates[group]);
        return (1 + Math.Cos(Math.PI * step / periods[index])) / (1 + Math.Cos(Math.PI * (step - 1) / periods[index])) * (rate - floor) + floor;
    }
}
