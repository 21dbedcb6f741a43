namespace Cawb.Training.Audit;

/// <summary>The values that a run trained with, as a file has them.</summary>
/// <param name="Source">The file, for messages.</param>
/// <param name="Unit">What the file calls its count: <c>batch</c>, <c>step</c>, <c>epoch</c>, ...</param>
/// <param name="Columns">At least one.</param>
public sealed record AppliedRates(string Source, string Unit, IReadOnlyList<AppliedColumn> Columns)
{
    /// <summary>Whether the file counts epochs, by what it calls its count.</summary>
    public bool CountsEpochs => Unit.Trim().Equals("epoch", StringComparison.OrdinalIgnoreCase);
}
