namespace Cawb.Foreign.PyTorch;

/// <summary>Times a factor until <c>total_iters</c>, then divided by it again.</summary>
internal sealed class ConstantScheduler(string name, ParameterGroups groups, Arguments arguments)
    : TorchScheduler(name, groups, arguments.Integer("last_epoch"))
{
    private readonly double factor = arguments.Number("factor", value => value is >= 0 and <= 1, "between 0 and 1");
    private readonly int steps = arguments.Integer("total_iters");

    protected override double Next(int group, double rate)
    {
        if (LastEpoch == 0)
            return rate * factor;
        return LastEpoch == steps ? rate * Quotient(1, factor) : rate;
    }

    protected override double ClosedForm(int group, double initialRate) => initialRate * (factor + (LastEpoch >= steps ? 1 - factor : 0));
}
