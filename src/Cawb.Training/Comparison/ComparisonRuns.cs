using System.Globalization;
using Cawb.Training.Comparison.Jobs;
using Cawb.Training.Comparison.Plans;

namespace Cawb.Training.Comparison;

/// <summary>The runs of a plan: every arm with every seed.</summary>
public static class ComparisonRuns
{
    internal const string FolderName = "runs";

    /// <summary>All runs, in the order in which they are carried out: seeds are the outer loop, so that whenever it stops the arms have (nearly) the same seeds.</summary>
    /// <param name="plan">What is compared.</param>
    /// <param name="folder">Of the comparison.</param>
    public static IReadOnlyList<ExperimentRun> Of(ComparisonPlan plan, string folder)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return [.. plan.Seeds.SelectMany(seed => plan.Arms.Select(arm => plan.RunOf(arm, seed, folder)))];
    }

    /// <summary>The run of a plan that somebody means.</summary>
    /// <param name="plan">What is compared.</param>
    /// <param name="folder">Of the comparison.</param>
    /// <param name="text"><c>ARM/SEED</c>, the arm by its name or its folder's, or the position in <see cref="Of"/>, from 0.</param>
    /// <exception cref="InputException">No run is meant; the message says what there is.</exception>
    public static ExperimentRun Find(ComparisonPlan plan, string folder, string text)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(text);
        var runs = Of(plan, folder);
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            return index < runs.Count ? runs[index] : throw new InputException(string.Create(CultureInfo.InvariantCulture,
                $"There is no run {index}: the plan has {Counted.Of(plan.Arms.Count, "arm")} with {Counted.Of(plan.Seeds.Count, "seed")} each, runs 0 to {runs.Count - 1}."));
        }
        var slash = text.LastIndexOf('/');
        if (slash < 0 || !int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var seed))
        {
            throw new InputException($"'{text}' names no run. Write ARM/SEED, such as '{plan.Arms[0].FolderName}/{plan.Seeds[0]}', or a number from 0 to {runs.Count - 1}.");
        }
        var name = text[..slash];
        var arm = plan.Arms.FirstOrDefault(a => a.FolderName == name) ?? ArmOf(plan, name);
        return runs.FirstOrDefault(r => r.Arm == arm && r.Seed == seed)
            ?? throw new InputException(string.Create(CultureInfo.InvariantCulture, $"The plan has no seed {seed}; its seeds are {string.Join(", ", plan.Seeds)}. Add it with --seeds."));
    }

    private static ComparisonArm ArmOf(ComparisonPlan plan, string name)
    {
        try
        {
            return plan.Arm(name);
        }
        catch (ArgumentException fault)
        {
            throw new InputException(ArgumentText.Of(fault), fault);
        }
    }
}
