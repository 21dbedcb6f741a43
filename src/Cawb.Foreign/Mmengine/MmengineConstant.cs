namespace Cawb.Foreign.Mmengine;

/// <summary>A factor that is taken back after <c>end - begin - 1</c> steps.</summary>
internal sealed class MmengineConstant(string name, ParameterGroups groups, Arguments arguments) : MmengineScheduler(name, groups, arguments)
{
    private readonly double factor = arguments.Number("factor", value => value is >= 0 and <= 1, "between 0 and 1");

    protected override double Next(int group, double rate)
    {
        if (LastStep == 0)
            return rate * factor;
        return LastStep == WindowSteps - 1 ? rate * Quotient(1, factor) : rate;
    }
}
