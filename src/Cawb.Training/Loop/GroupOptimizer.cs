using Cawb.Training.Options;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Cawb.Training.Loop;

/// <summary>The optimizers that a training can have: which class, what each group is set to, and what is kept between steps.</summary>
internal static class GroupOptimizer
{
    /// <summary>What every optimizer keeps: of SGD the momentum, of Adam and AdamW the mean of the gradients.</summary>
    public const string Momentum = "momentum.";

    /// <summary>What Adam and AdamW keep beside: the mean of the squared gradients.</summary>
    public const string Squares = "squares.";

    // PyTorch's, which YOLOv5 takes too.
    private const double SecondBeta = 0.999;
    private const double Epsilon = 1e-8;

    /// <summary>One without rate, momentum or weight decay, over groups of one parameter each; the caller disposes it.</summary>
    /// <param name="name">See <see cref="TrainOptions.Optimizer"/>.</param>
    /// <param name="parameters">Of each group.</param>
    public static OptimizerHelper Create(string name, IReadOnlyList<Parameter> parameters) => name switch
    {
        TrainOptions.Adam => new FlatAdam([.. parameters.Select(parameter => new Adam.ParamGroup([parameter], new Adam.Options { LearningRate = 0, beta1 = 0, beta2 = SecondBeta, eps = Epsilon, weight_decay = 0 }))]),
        TrainOptions.AdamW => new FlatAdamW([.. parameters.Select(parameter => new AdamW.ParamGroup([parameter], new AdamW.Options { LearningRate = 0, beta1 = 0, beta2 = SecondBeta, eps = Epsilon, weight_decay = 0 }))]),
        _ => new NesterovSgd([.. parameters.Select(parameter => new SGD.ParamGroup(
            [parameter], new SGD.Options { LearningRate = 0, momentum = 0, dampening = 0, nesterov = true, maximize = false, weight_decay = 0 }))]),
    };

    /// <summary>Sets a group's rate, its momentum (beta 1 of Adam and AdamW) and its weight decay.</summary>
    public static void Set(ParamGroup group, double rate, double momentum, double decay)
    {
        group.LearningRate = group.InitialLearningRate = rate;
        switch (group)
        {
            case Adam.ParamGroup { Options: Adam.Options options } adam:
                adam.Betas = (momentum, adam.Betas.Item2);
                options.weight_decay = decay;
                break;
            case AdamW.ParamGroup { Options: AdamW.Options options } adam:
                adam.Betas = (momentum, adam.Betas.Item2);
                options.weight_decay = decay;
                break;
            case SGD.ParamGroup { Options: SGD.Options options } sgd:
                sgd.Momentum = momentum;
                options.weight_decay = decay;
                break;
            default:
                throw new ArgumentException($"Must be a group of SGD, Adam or AdamW; got {group.GetType()}.", nameof(group));
        }
    }

    /// <summary>The buffers of a group by what they are; null where the first step makes it.</summary>
    public static IEnumerable<(string Kind, Tensor? Buffer)> BuffersOf(OptimizerState state) => state switch
    {
        SGD.State sgd => [(Momentum, sgd.momentum_buffer)],
        Adam.State adam => [(Momentum, adam.exp_avg), (Squares, adam.exp_avg_sq)],
        AdamW.State adam => [(Momentum, adam.exp_avg), (Squares, adam.exp_avg_sq)],
        _ => throw new ArgumentException($"Must be the state of SGD, Adam or AdamW; got {state.GetType()}.", nameof(state)),
    };

    /// <summary>Steps taken, on which the corrections of Adam and AdamW depend; 0 of SGD, which does not count.</summary>
    public static long StepsOf(OptimizerState state) => state switch { Adam.State adam => adam.step, AdamW.State adam => adam.step, _ => 0 };

    /// <summary>Sets what <see cref="StepsOf"/> gives.</summary>
    public static void SetSteps(OptimizerState state, long steps)
    {
        switch (state)
        {
            case Adam.State adam:
                adam.step = steps;
                break;
            case AdamW.State adam:
                adam.step = steps;
                break;
        }
    }
}
