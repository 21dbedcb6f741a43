namespace Cawb.Foreign.PyTorch;

/// <summary>Times gamma at every milestone, once for each time that it is listed.</summary>
internal sealed class MultiStepScheduler(string name, ParameterGroups groups, Arguments arguments)
    : TorchScheduler(name, groups, arguments.Integer("last_epoch"))
{
    private readonly int[] milestones = arguments.Integers("milestones");
    private readonly double gamma = arguments.Number("gamma");

    protected override double Next(int group, double rate) =>
        milestones.Count(milestone => milestone == LastEpoch) is var count and > 0 ? rate * Math.Pow(gamma, count) : rate;

    protected override double ClosedForm(int group, double initialRate) =>
        initialRate * Math.Pow(gamma, milestones.Count(milestone => milestone <= LastEpoch));
}
