namespace Cawb.Foreign.PyTorch;

/// <summary>A factor that goes from <c>start_factor</c> to <c>end_factor</c> in a line.</summary>
internal sealed class LinearScheduler(string name, ParameterGroups groups, Arguments arguments)
    : TorchScheduler(name, groups, arguments.Integer("last_epoch"))
{
    private readonly double start = arguments.Number("start_factor", value => value is > 0 and <= 1, "above 0 and at most 1");
    private readonly double end = arguments.Number("end_factor", value => value is >= 0 and <= 1, "between 0 and 1");
    private readonly int steps = arguments.Integer("total_iters");

    protected override double Next(int group, double rate)
    {
        if (LastEpoch == 0)
            return rate * start;
        return IsInitial || LastEpoch > steps
            ? rate
            : rate * (1 + Quotient(end - start, steps * start + (LastEpoch - 1) * (end - start)));
    }

    protected override double ClosedForm(int group, double initialRate) =>
        initialRate * (start + Quotient((end - start) * Math.Min(steps, LastEpoch), steps));
}
