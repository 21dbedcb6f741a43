using Cawb.Reports.Files;
using Cawb.Reports.Tables;
using Cawb.Training.Progress;
using Cawb.Training.Runs;

namespace Cawb.Training.Comparison;

/// <summary>Carries a comparison out in a folder: every arm with every seed, none twice, whenever it is interrupted and continued.</summary>
/// <remarks>
/// <code>
/// plan.json          the plan as it was carried out
/// comparison.json    data and versions that all runs share
/// runs/ARM-seed-N/   a run directory each, with result.json once it is done
/// </code>
/// Seeds are the outer loop, so that whenever it stops the arms have (nearly) the same seeds.
/// </remarks>
public sealed class ComparisonRunner
{
    private readonly IExperimentJob job;
    private readonly ComparisonPlan plan;
    private readonly string folder;
    private readonly ExperimentSetup setup;

    /// <summary>Checks everything that can be checked before anything is spent.</summary>
    /// <param name="job">Trains.</param>
    /// <param name="plan">What to compare.</param>
    /// <param name="folder">Where; made where it is missing. May hold earlier runs of the same comparison.</param>
    /// <exception cref="FileException">The plan cannot be carried out, or does not go with the runs that the folder holds.</exception>
    public ComparisonRunner(IExperimentJob job, ComparisonPlan plan, string folder)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        (this.job, this.plan, this.folder) = (job, plan, folder);
        setup = job.Prepare(plan);
        Runs = [.. plan.Seeds.SelectMany(seed => plan.Arms.Select(arm => plan.RunOf(arm, seed, folder)))];
        MakeFolder();
        using var held = RunLock.Take(folder);
        ComparisonState.Claim(folder, plan, setup);
        RemoveHalfMade();
        foreach (var run in Runs)
        {
            if (!IsFinished(run) && Directory.Exists(run.Directory))
            {
                job.CheckBegun(run);
            }
        }
        AtomicFile.WriteText(Path.Combine(folder, "plan.json"), plan.ToJson());
    }

    /// <summary>All runs of the plan, in the order in which they are carried out.</summary>
    public IReadOnlyList<ExperimentRun> Runs { get; }

    /// <summary>Those that are not done.</summary>
    public IReadOnlyList<ExperimentRun> Unfinished => [.. Runs.Where(r => !IsFinished(r))];

    /// <summary>How long the unfinished runs will take, from a short measurement.</summary>
    /// <param name="jobs">How many at once, 1 or more.</param>
    /// <param name="cancellation">Ends the measurement.</param>
    public async Task<TimeSpan> EstimateAsync(int jobs, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(jobs, 1);
        var left = Unfinished;
        if (left.Count == 0)
        {
            return TimeSpan.Zero;
        }

        // As many at once as later, for they share the machine.
        var measured = await Task.WhenAll(left.Take(jobs).Select(run => job.MeasureAsync(run, cancellation))).ConfigureAwait(false);
        return measured.Max() * Math.Ceiling(left.Count / (double)jobs);
    }

    /// <summary>Carries out what is not done yet.</summary>
    /// <param name="jobs">How many runs at once, 1 or more.</param>
    /// <param name="progress">Is told of every run at the start and whenever something changes.</param>
    /// <param name="cancellation">Ends it; what is done stays done.</param>
    /// <returns>Everything found so far, earlier sessions included. A failed run ends none of the others.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="FileException">Another process carries this comparison out.</exception>
    public async Task<ComparisonResults> RunAsync(int jobs, IProgress<RunStatus> progress, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(jobs, 1);
        ArgumentNullException.ThrowIfNull(progress);
        using var held = RunLock.Take(folder);
        var failures = new Dictionary<ExperimentRun, string>();
        foreach (var run in Runs)
        {
            progress.Report(IsFinished(run) ? Done(Load(run)) : new RunStatus(run.Arm.Name, run.Seed, RunStage.Waiting, 0, ""));
        }
        await Parallel.ForEachAsync(Unfinished, new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = cancellation }, async (run, token) =>
        {
            try
            {
                await CarryOutAsync(run, progress, token).ConfigureAwait(false);
            }
            // One run that fails, for whatever reason, must not take the others' hours with it.
#pragma warning disable CA1031
            catch (Exception fault) when (fault is not OperationCanceledException || !token.IsCancellationRequested)
#pragma warning restore CA1031
            {
                lock (failures)
                {
                    failures[run] = fault.Message;
                }
                progress.Report(new RunStatus(run.Arm.Name, run.Seed, RunStage.Failed, 0, fault.Message));
            }
        }).ConfigureAwait(false);
        return Collect(Runs.Where(failures.ContainsKey).Select(r => KeyValuePair.Create(r.Title, failures[r])));
    }

    /// <summary>Everything found so far, without carrying anything out.</summary>
    public ComparisonResults Collect() => Collect([]);

    private ComparisonResults Collect(IEnumerable<KeyValuePair<string, string>> failures)
    {
        var finished = Runs.Where(IsFinished).Select(Load).ToArray();
        return new ComparisonResults(plan, setup, [.. plan.Arms.SelectMany(a => finished.Where(f => f.ArmName == a.Name))], [.. failures]);
    }

    private async Task CarryOutAsync(ExperimentRun run, IProgress<RunStatus> progress, CancellationToken cancellation)
    {
        progress.Report(new RunStatus(run.Arm.Name, run.Seed, RunStage.Running, 0, ""));
        var extras = await job.RunAsync(run, new Relay(run, progress), cancellation).ConfigureAwait(false);
        if (RunRecord.Read(run.Directory).Metrics.RowCount == 0)
        {
            throw new FileException(run.Directory, "the training ended without a single epoch.");
        }
        new ExperimentResultFile(run.Fingerprint(setup), extras).Write(ResultPath(run));
        progress.Report(Done(Load(run)));
    }

    private bool IsFinished(ExperimentRun run)
    {
        if (!File.Exists(ResultPath(run)))
        {
            return false;
        }
        return ExperimentResultFile.Read(ResultPath(run)).Fingerprint == run.Fingerprint(setup) ? true
            : throw new FileException(run.Directory, "this run was made with another schedule, other options or another length than the plan has now. Restore the plan, delete the run to make it anew, or start a new comparison in another folder.");
    }

    private static FinishedRun Load(ExperimentRun run)
    {
        var record = RunRecord.Read(run.Directory);
        return new FinishedRun(run.Arm.Name, run.Seed, record.Definition, record.Metrics, RunSummary.Of(record.Metrics), ExperimentResultFile.Read(ResultPath(run)).Extras);
    }

    private static RunStatus Done(FinishedRun run) =>
        new(run.ArmName, run.Seed, RunStage.Finished, 1, "AP " + ReportText.AveragePrecision(run.Summary.LastAveragePrecision));

    private static string ResultPath(ExperimentRun run) => Path.Combine(run.Directory, ExperimentResultFile.FileName);

    private void MakeFolder()
    {
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, "runs"));
        }
        catch (Exception fault) when (FileFault.IsOne(fault))
        {
            throw FileFault.OfWriting(folder, fault);
        }
    }

    // A process that was killed while it made a run directory leaves one whose name begins with a dot.
    private void RemoveHalfMade()
    {
        try
        {
            foreach (var leftover in Directory.EnumerateDirectories(Path.Combine(folder, "runs"), ".*.partial"))
            {
                Directory.Delete(leftover, recursive: true);
            }
        }
        catch (Exception fault) when (FileFault.IsOne(fault))
        {
            throw FileFault.OfWriting(folder, fault);
        }
    }

    private sealed class Relay(ExperimentRun run, IProgress<RunStatus> progress) : IProgress<ProgressSnapshot>
    {
        public void Report(ProgressSnapshot value) =>
            progress.Report(new RunStatus(run.Arm.Name, run.Seed, RunStage.Running, value.Fraction, ReportText.Duration(value.TimeLeft) + " left"));
    }
}
