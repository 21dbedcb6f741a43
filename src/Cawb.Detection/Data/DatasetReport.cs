namespace Cawb.Detection.Data;

/// <summary>What a check of a data set found.</summary>
/// <param name="Training">What there is in the training part.</param>
/// <param name="Validation">What there is in the validation part.</param>
/// <param name="ClassNames">By class index.</param>
/// <param name="Problems">By kind, with counts and examples; empty when there is nothing to say.</param>
public sealed record DatasetReport(PartStatistics Training, PartStatistics Validation, IReadOnlyList<string> ClassNames, IReadOnlyList<ProblemGroup> Problems)
{
    /// <summary>The worst of the problems; a note when there are none.</summary>
    public ProblemSeverity Severity => Problems.Count == 0 ? ProblemSeverity.Note : Problems.Max(group => group.Severity);
}
