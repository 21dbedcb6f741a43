namespace Cawb.Foreign.PyTorch;

/// <summary><c>initial * f(step)</c>.</summary>
internal sealed class LambdaScheduler(string name, ParameterGroups groups, double lastEpoch, IReadOnlyList<Func<double, double>> factors)
    : TorchScheduler(name, groups, lastEpoch)
{
    protected override double Next(int group, double rate) => Groups.InitialRates[group] * factors[group](LastEpoch);
}
