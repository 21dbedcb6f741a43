using TorchSharp;
using TorchSharp.Modules;

namespace Cawb.TorchSharp.Tests;

/// <summary>Small optimizers over real parameters.</summary>
internal static class Optimizers
{
    /// <summary>One group per rate, each with a parameter of two numbers.</summary>
    public static SGD Sgd(params double[] rates) => Sgd(0.9, rates);

    public static SGD SgdWithout(params double[] rates) => Sgd(0, rates);

    public static Adam Adam(params double[] rates) =>
        new(rates.Select(rate => new Adam.ParamGroup([Weight()], new Adam.Options { LearningRate = rate })), rates[0]);

    public static double[] Rates(torch.optim.Optimizer optimizer) => [.. optimizer.ParamGroups.Select(group => group.LearningRate)];

    public static double[] Momenta(torch.optim.Optimizer optimizer) =>
        [.. optimizer.ParamGroups.Select(group => group is torch.optim.IBetas betas ? betas.Betas.Item1 : ((torch.optim.IMomentum)group).Momentum)];

    public static Parameter Weight(int size = 2) => new(torch.ones(size));

    private static SGD Sgd(double momentum, double[] rates) =>
        new(rates.Select(rate => new SGD.ParamGroup([Weight()], new SGD.Options { LearningRate = rate })), rates[0], momentum);
}
