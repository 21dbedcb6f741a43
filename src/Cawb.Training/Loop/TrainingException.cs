namespace Cawb.Training.Loop;

/// <summary>A training that cannot go on.</summary>
/// <param name="message">What happened, where, and what to do.</param>
public sealed class TrainingException(string message) : Exception(message);
