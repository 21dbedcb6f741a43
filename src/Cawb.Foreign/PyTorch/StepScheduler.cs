namespace Cawb.Foreign.PyTorch;

/// <summary>Times gamma at every multiple of the step size.</summary>
internal sealed class StepScheduler(string name, ParameterGroups groups, Arguments arguments)
    : TorchScheduler(name, groups, arguments.Integer("last_epoch"))
{
    private readonly int stepSize = arguments.Integer("step_size", atLeast: 1);
    private readonly double gamma = arguments.Number("gamma");

    protected override double Next(int group, double rate) => LastEpoch == 0 || LastEpoch % stepSize != 0 ? rate : rate * gamma;

    protected override double ClosedForm(int group, double initialRate) => initialRate * Math.Pow(gamma, Math.Floor(LastEpoch / stepSize));
}
