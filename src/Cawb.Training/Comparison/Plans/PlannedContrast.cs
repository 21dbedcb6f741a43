namespace Cawb.Training.Comparison.Plans;

/// <summary>A question that was written down before any run: how far arms end above others, seed by seed, the mean over its pairs.</summary>
/// <param name="Name">The question in a few words, as it stands in tables.</param>
/// <param name="Pairs">At least one: an arm, and the arm that it is held against.</param>
/// <param name="PilotSpread">Standard deviation over seeds of that difference in AP, in a pilot; null where there was none.</param>
public sealed record PlannedContrast(string Name, IReadOnlyList<ContrastPair> Pairs, double? PilotSpread)
{
    /// <summary>The arms that it needs.</summary>
    public IEnumerable<string> ArmNames => Pairs.SelectMany(pair => new[] { pair.Arm, pair.Against }).Distinct(StringComparer.Ordinal);
}

/// <summary>Two arms that a contrast holds against each other.</summary>
/// <param name="Arm">Name of an arm.</param>
/// <param name="Against">Name of another one.</param>
public sealed record ContrastPair(string Arm, string Against);
