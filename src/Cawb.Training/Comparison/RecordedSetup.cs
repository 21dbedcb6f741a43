using System.Globalization;
using Cawb.Reports.Files;
using Cawb.Training.Comparison.Jobs;
using Cawb.Training.Comparison.Plans;
using Cawb.Training.Runs;

namespace Cawb.Training.Comparison;

/// <summary>The setup of a comparison as its folder alone tells: no data set is opened, and nothing is written.</summary>
public static class RecordedSetup
{
    // Of an epoch whose number of batches nobody recorded.
    private const int DrawnMoments = 100;

    /// <summary>Data, versions and machine of the runs, and the rates of the arms.</summary>
    /// <param name="plan">What is compared.</param>
    /// <param name="folder">Of the comparison.</param>
    /// <param name="runs">Those that are there, finished or not.</param>
    /// <exception cref="FileException">The comparison's record is damaged.</exception>
    public static ExperimentSetup Of(ComparisonPlan plan, string folder, IReadOnlyList<FinishedRun> runs)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(runs);
        var recorded = ComparisonState.Read(folder);
        var batches = ComparisonRuns.Of(plan, folder).Where(run => RunState.IsRun(run.Directory)).Select(Batches).FirstOrDefault(known => known is not null);
        var length = TrainingPlan.FromEpochs(plan.Epochs, batches ?? DrawnMoments);
        var processors = runs.Select(run => run.Definition.Versions.GetValueOrDefault("processor", "a machine that is not recorded")).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return new ExperimentSetup(
            recorded?.DatasetSha256 ?? runs.Select(run => run.Definition.DatasetSha256).FirstOrDefault(""),
            recorded?.Versions ?? new Dictionary<string, string>(StringComparer.Ordinal),
            string.Create(CultureInfo.InvariantCulture, $"{string.Join(" and ", processors)}, {Counted.Of(plan.RunOf(plan.Arms[0], plan.Seeds[0], folder).TrainOptions.Threads, "thread")} to a run"),
            plan.Arms.ToDictionary(arm => arm.Name, arm => new LearningRateCurve(arm.Name, arm.Schedule, length, plan.RunOf(arm, plan.Seeds[0], folder).TrainOptions.HyperParameters.LearningRate), StringComparer.Ordinal))
        {
            Warnings = batches is null
                ? [$"No run has a checkpoint yet, which would say how many batches an epoch has: the rates are drawn at {DrawnMoments} moments of each epoch."]
                : [],
        };
    }

    private static int? Batches(ExperimentRun run)
    {
        try
        {
            return RunSchedules.BatchesPerEpoch(run.Directory);
        }
        catch (Exception fault) when (BadInput.IsCause(fault))
        {
            return null;
        }
    }
}
