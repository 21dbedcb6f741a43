namespace Cawb.Training.Comparison.Jobs;

/// <summary>A result beside the model of the last epoch: an ensemble of snapshots, averaged weights.</summary>
/// <param name="Name">Such as <c>snapshot ensemble</c>; the same in every run that has it.</param>
/// <param name="AveragePrecision">0 to 1.</param>
/// <param name="AveragePrecision50">0 to 1.</param>
public sealed record ExtraResult(string Name, double AveragePrecision, double AveragePrecision50);
