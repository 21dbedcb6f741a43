namespace Cawb.Training.Progress;

/// <summary>How far a training is, at one moment.</summary>
/// <param name="EpochNumber">Of the epoch that is being trained, 1 to <paramref name="Epochs"/>.</param>
/// <param name="Epochs">Of the whole run.</param>
/// <param name="BatchNumber">Of the last finished batch of this epoch, 0 to <paramref name="BatchesPerEpoch"/>.</param>
/// <param name="BatchesPerEpoch">Of every epoch.</param>
/// <param name="ImagesPerSecond">Of training alone, smoothed over about ten seconds; 0 before the first batch.</param>
/// <param name="LearningRate">Of the first parameter group in the last batch.</param>
/// <param name="Losses">Name and mean over this epoch's finished batches.</param>
/// <param name="Elapsed">Since the meter was made.</param>
/// <param name="TimeLeft">Training and validation to the end of the run at the pace so far; zero before the first batch and when <paramref name="Fraction"/> is 1.</param>
/// <param name="Fraction">Share of the run's batches that are done, 0 to 1.</param>
public sealed record ProgressSnapshot(
    int EpochNumber,
    int Epochs,
    int BatchNumber,
    int BatchesPerEpoch,
    double ImagesPerSecond,
    double LearningRate,
    IReadOnlyList<KeyValuePair<string, double>> Losses,
    TimeSpan Elapsed,
    TimeSpan TimeLeft,
    double Fraction);
