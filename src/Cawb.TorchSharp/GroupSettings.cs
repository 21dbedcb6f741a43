using System.Runtime.CompilerServices;
using TorchSharp.Modules;

namespace Cawb.TorchSharp;

/// <summary>What can be driven in one parameter group: its learning rate, and momentum and weight decay where its optimizer has them.</summary>
internal sealed class GroupSettings
{
    /// <summary>The momentum's name in a scheduler.</summary>
    public const string MomentumName = "momentum";

    /// <summary>The weight decay's.</summary>
    public const string WeightDecayName = "weightDecay";

    private readonly ILearningRateController rate;
    private readonly ParamGroup? group;

    /// <param name="optimizer">Whose group it is.</param>
    /// <param name="controller">As <c>Optimizer.ParamGroups</c> lists it.</param>
    public GroupSettings(Optimizer optimizer, ILearningRateController controller)
    {
        // LBFGS computes natively with its own rate; that of its one group reaches nothing.
        rate = optimizer as LBFGS ?? controller;
        group = optimizer is LBFGS ? null : controller as ParamGroup;
    }

    public double LearningRate
    {
        get => rate.LearningRate;
        set => rate.LearningRate = value;
    }

    public double InitialLearningRate
    {
        get => rate.InitialLearningRate;
        set => rate.InitialLearningRate = value;
    }

    /// <exception cref="NotSupportedException">A schedule would change nothing.</exception>
    public static void RequireDrivable(Optimizer optimizer)
    {
        if (optimizer is Rprop)
        {
            throw new NotSupportedException(
                "Rprop uses its learning rate in its first step only, for its step sizes, which it then adapts itself: a schedule would change nothing. Limit them with min_step and max_step, or take another optimizer.");
        }
    }

    /// <summary>All groups of an optimizer.</summary>
    public static IEnumerable<GroupSettings> Of(Optimizer optimizer)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        return optimizer.ParamGroups.Select(group => new GroupSettings(optimizer, group));
    }

    /// <summary>What the group has now of a driven hyper-parameter, by its name in a scheduler.</summary>
    public double ValueOf(string parameter) => parameter switch
    {
        MomentumName => Momentum,
        WeightDecayName => WeightDecay,
        _ => LearningRate,
    };

    public bool HasMomentum => group is IMomentum or IBetas;

    /// <summary>The momentum, or beta 1 of the family of Adam.</summary>
    public double Momentum
    {
        get => group is IBetas betas ? betas.Betas.Item1 : ((IMomentum)group!).Momentum;
        set
        {
            if (group is IBetas betas)
            {
                betas.Betas = (value, betas.Betas.Item2);
            }
            else
            {
                ((IMomentum)group!).Momentum = value;
            }
        }
    }

    public bool HasWeightDecay => !Unsafe.IsNullRef(ref Decay());

    public double WeightDecay
    {
        get => Decay() ?? 0;
        set => Decay() = value;
    }

    private ref double? Decay()
    {
        switch (group?.Options)
        {
            case SGD.Options options: return ref options.weight_decay;
            case Adam.Options options: return ref options.weight_decay;
            case AdamW.Options options: return ref options.weight_decay;
            case RMSProp.Options options: return ref options.weight_decay;
            case Adagrad.Options options: return ref options.weight_decay;
            case Adadelta.Options options: return ref options.weight_decay;
            case ASGD.Options options: return ref options.weight_decay;
            case Adamax.Options options: return ref options.weight_decay;
            case NAdam.Options options: return ref options.weight_decay;
            case RAdam.Options options: return ref options.weight_decay;
            default: return ref Unsafe.NullRef<double?>();
        }
    }
}
