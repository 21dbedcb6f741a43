namespace Cawb.Training.Runs;

/// <summary>One of the runs that stand side by side.</summary>
/// <param name="Name">As it stands in table and legend.</param>
/// <param name="Record">What it is and has reached; at least one epoch.</param>
/// <param name="Curve">What the learning rate of every batch was.</param>
public sealed record ComparedRun(string Name, RunRecord Record, LearningRateCurve Curve);
