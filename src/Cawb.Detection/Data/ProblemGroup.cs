namespace Cawb.Detection.Data;

/// <summary>All problems of one kind.</summary>
/// <param name="Kind">What.</param>
/// <param name="Count">How often, 1 or more.</param>
/// <param name="Examples">The first few by path.</param>
public sealed record ProblemGroup(ProblemKind Kind, int Count, IReadOnlyList<DatasetProblem> Examples)
{
    /// <summary>What it means for training.</summary>
    public ProblemSeverity Severity => Examples[0].Severity;
}
