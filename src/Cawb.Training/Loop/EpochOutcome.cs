using Cawb.Coco;

namespace Cawb.Training.Loop;

/// <summary>What one epoch gave.</summary>
/// <param name="Epoch">0-based.</param>
/// <param name="MeanTerms">Mean of the batches' losses.</param>
/// <param name="LearningRate">The rate of the last batch.</param>
/// <param name="Evaluation">The averaged weights on the validation pictures, by COCO's rules.</param>
/// <param name="IsBest">Whether no earlier epoch had as high an AP; true for every epoch where AP is not defined.</param>
public sealed record EpochOutcome(int Epoch, LossTerms MeanTerms, double LearningRate, CocoEvaluation Evaluation, bool IsBest);
