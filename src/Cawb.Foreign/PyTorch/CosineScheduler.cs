namespace Cawb.Foreign.PyTorch;

/// <summary>Half a cosine in <c>T_max</c> steps, and on along the same cosine, up again.</summary>
internal sealed class CosineScheduler(string name, ParameterGroups groups, Arguments arguments)
    : TorchScheduler(name, groups, arguments.Integer("last_epoch"))
{
    private readonly int steps = arguments.Integer("T_max");
    private readonly double floor = arguments.Number("eta_min");

    protected override double Next(int group, double rate)
    {
        if (IsInitial)
            return rate;
        // One step after a trough the ratio below would divide by zero: the first step up is added instead.
        if ((LastEpoch - 1 - steps) % (2.0 * steps) == 0)
            return rate + (Groups.InitialRates[group] - floor) * (1 - Math.Cos(Quotient(Math.PI, steps))) / 2;
        return Quotient(1 + Math.Cos(Math.PI * LastEpoch / steps), 1 + Math.Cos(Math.PI * (LastEpoch - 1) / steps)) * (rate - floor) + floor;
    }

    protected override double ClosedForm(int group, double initialRate) =>
        floor + (initialRate - floor) * (1 + Math.Cos(Quotient(Math.PI * LastEpoch, steps))) / 2;
}
