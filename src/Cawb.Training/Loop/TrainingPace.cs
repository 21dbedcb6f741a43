namespace Cawb.Training.Loop;

/// <summary>How fast a training goes, from a short measurement.</summary>
/// <param name="Batch">Time of one training batch, waiting for its images included.</param>
/// <param name="Validation">Time of one validation over all its images.</param>
public readonly record struct TrainingPace(TimeSpan Batch, TimeSpan Validation);
