namespace Cawb.Insight;

/// <summary>A value that a run trained with.</summary>
/// <param name="Batch">0-based number of the batch.</param>
/// <param name="Value">As it was logged.</param>
public readonly record struct AuditedValue(long Batch, double Value);
