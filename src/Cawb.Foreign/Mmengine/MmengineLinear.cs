namespace Cawb.Foreign.Mmengine;

/// <summary>A factor that goes from one to another in a line of <c>end - begin - 1</c> steps.</summary>
internal sealed class MmengineLinear(string name, ParameterGroups groups, Arguments arguments) : MmengineScheduler(name, groups, arguments)
{
    private readonly double start = arguments.Number("start_factor", value => value is >= 0 and <= 1, "between 0 and 1");
    private readonly double end = arguments.Number("end_factor", value => value is >= 0 and <= 1, "between 0 and 1");

    protected override double Next(int group, double rate) => LastStep == 0
        ? rate * start
        : rate * (1 + Quotient(end - start, (WindowSteps - 1) * start + (LastStep - 1) * (end - start)));
}
