namespace Cawb.Foreign.PyTorch;

/// <summary><c>(1 - step / total_iters) ** power</c>, then 0.</summary>
internal sealed class PolynomialScheduler(string name, ParameterGroups groups, Arguments arguments)
    : TorchScheduler(name, groups, arguments.Integer("last_epoch"))
{
    private readonly int steps = arguments.Integer("total_iters");
    private readonly double power = arguments.Number("power");

    protected override double Next(int group, double rate) =>
        IsInitial || LastEpoch > steps
            ? rate
            : rate * Math.Pow(Quotient(1 - Quotient(LastEpoch, steps), 1 - Quotient(LastEpoch - 1, steps)), power);

    protected override double ClosedForm(int group, double initialRate) =>
        initialRate * Math.Pow(1 - Quotient(Math.Min(steps, LastEpoch), steps), power);
}
