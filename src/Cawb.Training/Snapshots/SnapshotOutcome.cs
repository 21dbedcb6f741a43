using Cawb.Coco;

namespace Cawb.Training.Snapshots;

/// <summary>What the snapshots of one run are worth together.</summary>
/// <param name="Ensemble">The snapshot ensemble: the boxes of all members in one suppression. Source: Huang and others, arXiv:1704.00109.</param>
/// <param name="AveragedWeights">One network with the mean of the members' weights. Source: Izmailov and others, arXiv:1803.05407.</param>
public sealed record SnapshotOutcome(CocoEvaluation Ensemble, CocoEvaluation AveragedWeights);
