using System.Globalization;

namespace Cawb.Detection.Data;

/// <summary>All problems of one kind.</summary>
/// <param name="Kind">What.</param>
/// <param name="Count">How often, 1 or more.</param>
/// <param name="Examples">The first few by path.</param>
public sealed record ProblemGroup(ProblemKind Kind, int Count, IReadOnlyList<DatasetProblem> Examples)
{
    /// <summary>What it means for training.</summary>
    public ProblemSeverity Severity => Examples[0].Severity;

    /// <summary>The kind in words, such as <c>box cut</c>.</summary>
    public string Title => string.Concat(Kind.ToString().Select(letter => char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : letter.ToString())).TrimStart();

    /// <summary>Kind, count and the first of them, for one line.</summary>
    public string Summary => string.Create(CultureInfo.InvariantCulture, $"{char.ToUpperInvariant(Title[0])}{Title[1..]} ({Count}): {Examples[0].Path}: {Examples[0].Text}{(Count > 1 ? $" And {Count - 1} more." : "")}");
}
