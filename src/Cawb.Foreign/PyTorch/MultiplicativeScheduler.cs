namespace Cawb.Foreign.PyTorch;

/// <summary><c>rate * f(step)</c>: every step multiplies.</summary>
internal sealed class MultiplicativeScheduler(string name, ParameterGroups groups, double lastEpoch, IReadOnlyList<Func<double, double>> factors)
    : TorchScheduler(name, groups, lastEpoch)
{
    protected override double Next(int group, double rate) => IsInitial ? rate : rate * factors[group](LastEpoch);
}
