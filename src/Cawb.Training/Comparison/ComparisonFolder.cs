using Cawb.Reports.Files;
using Cawb.Training.Comparison.Jobs;
using Cawb.Training.Comparison.Plans;
using Cawb.Training.Comparison.Reports;
using Cawb.Training.Runs;

namespace Cawb.Training.Comparison;

/// <summary>What the folder of a comparison holds of the plan's runs, as it is at the moment: other processes may be working on it.</summary>
/// <param name="job">Knows the runs.</param>
/// <param name="plan">What is compared.</param>
/// <param name="setup">Data and versions of this process.</param>
/// <param name="folder">Of the comparison.</param>
internal sealed class ComparisonFolder(IExperimentJob job, ComparisonPlan plan, ExperimentSetup setup, string folder)
{
    public const string PlanFile = "plan.json";

    /// <summary>All runs of the plan, in the order in which they are carried out.</summary>
    public IReadOnlyList<ExperimentRun> Runs { get; } = ComparisonRuns.Of(plan, folder);

    /// <summary>Why runs failed when they were last tried.</summary>
    public RunFailures Failures { get; } = new(folder);

    /// <summary>Whether all numbers of a run are there.</summary>
    public bool IsDone(ExperimentRun run) => HasResult(run) || (Directory.Exists(run.Directory) && job.IsTrained(run) && !job.HasExtras(run));

    /// <summary>Holds a run that was begun or finished against the plan.</summary>
    /// <exception cref="FileException">It was made with something else than the plan has now.</exception>
    public void Check(ExperimentRun run)
    {
        if (!HasResult(run) && Directory.Exists(run.Directory))
        {
            job.CheckBegun(run);
            RequireSameVersions(run);
        }
    }

    public void Keep(ExperimentRun run, IReadOnlyList<ExtraResult> extras)
    {
        if (RunRecord.Read(run.Directory).Metrics.RowCount == 0)
        {
            throw new FileException(run.Directory, "the training ended without a single epoch.");
        }
        new ExperimentResultFile(run.Fingerprint(setup), extras).Write(ResultPath(run));
    }

    /// <summary>Everything found so far.</summary>
    public ComparisonResults Collect()
    {
        var finished = Runs.Where(IsDone).ToArray();
        var failures = Runs.Except(finished).Select(r => KeyValuePair.Create(r.Title, Failures.Of(r))).Where(f => f.Value.Length > 0);
        var loaded = finished.Select(FinishedRun.Read).ToArray();
        return new ComparisonResults(plan, setup, [.. plan.Arms.SelectMany(a => loaded.Where(f => f.ArmName == a.Name))], [.. failures]);
    }

    // Of one that was finished without its weights, numbers of any version are welcome; one that was only begun must be trained by this one.
    private void RequireSameVersions(ExperimentRun run)
    {
        foreach (var (part, version) in RunRecord.Read(run.Directory).Definition.Versions)
        {
            if (setup.Versions.TryGetValue(part, out var now) && RunVersions.Bare(version) != now)
            {
                throw new FileException(run.Directory, $"this run was begun with {part} {RunVersions.Bare(version)}; now it is {now}, and its numbers would be of both. Use the version of then, or delete the run to make it anew.");
            }
        }
    }

    private static string ResultPath(ExperimentRun run) => Path.Combine(run.Directory, ExperimentResultFile.FileName);

    private bool HasResult(ExperimentRun run)
    {
        if (!RunState.HasResult(run.Directory))
        {
            return false;
        }
        return ExperimentResultFile.Read(ResultPath(run)).Fingerprint == run.Fingerprint(setup) ? true
            : throw new FileException(run.Directory, "this run was made with another schedule, other options or another length than the plan has now. Restore the plan, delete the run to make it anew, or start a new comparison in another folder.");
    }
}
