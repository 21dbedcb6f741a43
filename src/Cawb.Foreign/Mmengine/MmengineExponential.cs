namespace Cawb.Foreign.Mmengine;

/// <summary>Times gamma at every step of the window but the first.</summary>
internal sealed class MmengineExponential(string name, ParameterGroups groups, Arguments arguments) : MmengineScheduler(name, groups, arguments)
{
    private readonly double gamma = arguments.Number("gamma");

    protected override double Next(int group, double rate) => LastStep == 0 ? rate : rate * gamma;
}
