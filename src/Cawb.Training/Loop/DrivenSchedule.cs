namespace Cawb.Training.Loop;

/// <summary>A schedule that a training drives, and of what.</summary>
/// <param name="Parameter">The hyper-parameter: one of the names here.</param>
/// <param name="Groups">Of which parameter groups, in words.</param>
/// <param name="Schedule">Warm-up included.</param>
/// <param name="BaseValue">The groups' base value.</param>
public sealed record DrivenSchedule(string Parameter, string Groups, Schedule Schedule, double BaseValue)
{
    /// <summary>Name of the learning rate.</summary>
    public const string LearningRate = "learningRate";

    /// <summary>Name of the momentum.</summary>
    public const string Momentum = "momentum";

    /// <summary>Name of the weight decay.</summary>
    public const string WeightDecay = "weightDecay";

    /// <summary>The hyper-parameter as axes name it.</summary>
    public string Label => Parameter switch { LearningRate => "learning rate", WeightDecay => "weight decay", var other => other };
}
