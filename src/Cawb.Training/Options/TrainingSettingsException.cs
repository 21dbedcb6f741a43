namespace Cawb.Training.Options;

/// <summary>Settings that contradict each other.</summary>
/// <param name="message">Which, and what to do.</param>
public sealed class TrainingSettingsException(string message) : Exception(message);
