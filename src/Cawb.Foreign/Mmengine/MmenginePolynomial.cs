namespace Cawb.Foreign.Mmengine;

/// <summary>Down to the floor as a power of the remaining share of <c>end - begin - 1</c> steps.</summary>
internal sealed class MmenginePolynomial(string name, ParameterGroups groups, Arguments arguments) : MmengineScheduler(name, groups, arguments)
{
    private readonly double floor = arguments.Number("eta_min");
    private readonly double power = arguments.Number("power");

    protected override double Next(int group, double rate)
    {
        if (LastStep == 0)
            return rate;
        var steps = WindowSteps - 1;
        return (rate - floor) * Math.Pow(Quotient(1 - LastStep / steps, 1 - (LastStep - 1) / steps), power) + floor;
    }
}
