namespace Cawb.Training.Comparison.Plans;

/// <summary>Somebody else's figures, shown beside one's own.</summary>
/// <param name="Name">As it stands in the table.</param>
/// <param name="AveragePrecision">0 to 1.</param>
/// <param name="AveragePrecision50">0 to 1.</param>
/// <param name="Note">What was measured there.</param>
public sealed record ComparisonReference(string Name, double AveragePrecision, double AveragePrecision50, string Note);
