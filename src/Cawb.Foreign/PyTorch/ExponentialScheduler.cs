namespace Cawb.Foreign.PyTorch;

/// <summary>Times gamma at every step.</summary>
internal sealed class ExponentialScheduler(string name, ParameterGroups groups, Arguments arguments)
    : TorchScheduler(name, groups, arguments.Integer("last_epoch"))
{
    private readonly double gamma = arguments.Number("gamma");

    protected override double Next(int group, double rate) => IsInitial ? rate : rate * gamma;

    protected override double ClosedForm(int group, double initialRate) => initialRate * Math.Pow(gamma, LastEpoch);
}
