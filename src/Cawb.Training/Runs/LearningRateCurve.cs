namespace Cawb.Training.Runs;

/// <summary>The learning rate of a whole run: which schedule, over which plan, from which base.</summary>
/// <param name="Name">As it stands in legends and tables.</param>
/// <param name="Schedule">What decides the rate.</param>
/// <param name="Plan">How long the run is.</param>
/// <param name="BaseLearningRate">Of the first parameter group.</param>
public sealed record LearningRateCurve(string Name, Schedule Schedule, TrainingPlan Plan, double BaseLearningRate);
