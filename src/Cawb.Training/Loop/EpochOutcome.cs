using Cawb.Coco;
using Cawb.Detection.Evaluation;

namespace Cawb.Training.Loop;

/// <summary>What one epoch gave.</summary>
/// <param name="Epoch">0-based.</param>
/// <param name="MeanTerms">Mean of the batches' losses.</param>
/// <param name="LearningRates">The rates of the last batch, by parameter group.</param>
/// <param name="Validation">The averaged weights on the validation images.</param>
/// <param name="ValidationTerms">Mean of the losses of the validation's batches.</param>
/// <param name="IsBest">Whether no earlier epoch had as high an AP; true for every epoch where AP is not defined.</param>
public sealed record EpochOutcome(
    int Epoch, LossTerms MeanTerms, IReadOnlyList<double> LearningRates, ValidationOutcome Validation, LossTerms ValidationTerms, bool IsBest)
{
    /// <summary>The rate of kernels in the last batch.</summary>
    public double LearningRate => LearningRates[ParameterGroups.Kernels];

    /// <summary>The validation by COCO's rules.</summary>
    public CocoEvaluation Evaluation => Validation.Coco;
}
