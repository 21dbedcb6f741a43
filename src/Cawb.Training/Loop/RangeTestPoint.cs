namespace Cawb.Training.Loop;

/// <summary>One step of a learning-rate range test.</summary>
/// <param name="LearningRate">Of the step.</param>
/// <param name="Loss">Box, objectness and class terms before the step, mean over its batches.</param>
/// <param name="RelativeLoss">The same as a multiple of what the weights at the start of the test have on the same batches: 1 where nothing has been learnt.</param>
/// <param name="SmoothedLoss">Exponential average of the relative losses so far, freed of its start at 0.</param>
public readonly record struct RangeTestPoint(double LearningRate, double Loss, double RelativeLoss, double SmoothedLoss);
