namespace Cawb.Foreign.Mmengine;

/// <summary>Times gamma at every milestone, counted within the window, once for each time that it is listed.</summary>
internal sealed class MmengineMultiStep : MmengineScheduler
{
    private readonly double[] milestones;
    private readonly double gamma;

    public MmengineMultiStep(string name, ParameterGroups groups, Arguments arguments)
        : base(name, groups, arguments)
    {
        milestones = [.. arguments.Numbers("milestones").Select(milestone => milestone * EpochLength)];
        gamma = arguments.Number("gamma");
    }

    protected override double Next(int group, double rate) =>
        milestones.Count(milestone => milestone == LastStep) is var count and > 0 ? rate * Math.Pow(gamma, count) : rate;
}
