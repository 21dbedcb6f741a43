namespace Cawb.Training.Loop;

/// <summary>The loss of one batch, or the mean over batches, as numbers.</summary>
/// <param name="Box">Box term after its gain.</param>
/// <param name="Objectness">Objectness term after its gain.</param>
/// <param name="Class">Class term after its gain.</param>
/// <param name="Total">Images in the batch times the sum of the three.</param>
public readonly record struct LossTerms(double Box, double Objectness, double Class, double Total);
