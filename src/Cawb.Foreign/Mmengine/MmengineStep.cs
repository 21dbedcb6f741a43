namespace Cawb.Foreign.Mmengine;

/// <summary>Times gamma at every multiple of the step size, counted within the window.</summary>
internal sealed class MmengineStep : MmengineScheduler
{
    private readonly double stepSize;
    private readonly double gamma;

    public MmengineStep(string name, ParameterGroups groups, Arguments arguments)
        : base(name, groups, arguments)
    {
        stepSize = (double)arguments.Integer("step_size", atLeast: 1) * EpochLength;
        gamma = arguments.Number("gamma");
    }

    protected override double Next(int group, double rate) => LastStep == 0 || LastStep % stepSize != 0 ? rate : rate * gamma;
}
