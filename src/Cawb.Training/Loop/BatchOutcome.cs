namespace Cawb.Training.Loop;

/// <summary>What one batch did.</summary>
/// <param name="Epoch">0-based.</param>
/// <param name="Batch">0-based in the epoch.</param>
/// <param name="Images">Images in the batch.</param>
/// <param name="Terms">Its loss.</param>
/// <param name="LearningRate">The rate that it trained with.</param>
/// <param name="GradientNorm">Norm of all gradients before clipping; NaN where the batch only accumulated.</param>
public readonly record struct BatchOutcome(int Epoch, int Batch, int Images, LossTerms Terms, double LearningRate, double GradientNorm);
