namespace Cawb.Training.Audit;

/// <summary>How a file counts what it has logged.</summary>
/// <param name="IsEpochs">Whether it counts epochs; otherwise batches.</param>
/// <param name="First">The number of the first batch or epoch: 0, or 1.</param>
/// <param name="Row">Of a file that counts epochs: which batch of the epoch a value is that of.</param>
public sealed record AppliedCount(bool IsEpochs, int First = 0, EpochRow Row = EpochRow.FitsBetter);
