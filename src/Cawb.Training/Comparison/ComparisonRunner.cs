using System.Collections.Concurrent;
using Cawb.Files;
using Cawb.Reports.Files;
using Cawb.Reports.Tables;
using Cawb.Training.Comparison.Jobs;
using Cawb.Training.Comparison.Plans;
using Cawb.Training.Comparison.Reports;
using Cawb.Training.Progress;
using Cawb.Training.Runs;

namespace Cawb.Training.Comparison;

/// <summary>Carries a comparison out in a folder: every arm with every seed, none twice, whenever it is interrupted and continued, by one process or several on one or several hosts.</summary>
/// <remarks>
/// <code>
/// plan.json          the plan as it was carried out
/// comparison.json    data and versions that all runs share
/// runs/ARM-seed-N/   a run directory each, with result.json once it is done; each kept to one process by its own lock
/// failures/          why runs failed, until they are tried again
/// .gitignore         leaves git the numbers and not the weights
/// </code>
/// Numbers (run.json, metrics.csv, result.json) without weights are taken over as they are, whatever version of the program made them.
/// </remarks>
public sealed class ComparisonRunner
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(0.5);

    private const string GitIgnore = """
        # Numbers go into git, weights stay here.
        /slurm/
        /failures/
        /runs/*/*
        !/runs/*/run.json
        !/runs/*/metrics.csv
        !/runs/*/result.json

        """;

    private readonly IExperimentJob job;
    private readonly ComparisonFolder content;

    /// <summary>Checks everything that can be checked before anything is spent.</summary>
    /// <param name="job">Trains.</param>
    /// <param name="plan">What to compare.</param>
    /// <param name="folder">Where; made where it is missing. May hold earlier runs of the same comparison.</param>
    /// <exception cref="FileException">The plan cannot be carried out, or does not go with the runs that the folder holds.</exception>
    public ComparisonRunner(IExperimentJob job, ComparisonPlan plan, string folder)
        : this(job, plan, folder, null)
    {
        foreach (var run in Runs)
        {
            content.Check(run);
        }
        WritePlan(Path.Combine(folder, ComparisonFolder.PlanFile), plan);
    }

    private ComparisonRunner(IExperimentJob job, ComparisonPlan plan, string folder, ExperimentRun? only)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        this.job = job;
        var setup = job.Prepare(plan, only is null ? plan.Arms : [only.Arm]);
        content = new ComparisonFolder(job, plan, setup, folder);
        Warnings = setup.Warnings;
        Runs = only is null ? content.Runs : [only];
        MakeFolder(folder);
        ComparisonState.Claim(folder, plan, setup, () => Unfinished.Count > 0);
    }

    /// <summary>The runs that it carries out, in that order: all of the plan, or one.</summary>
    public IReadOnlyList<ExperimentRun> Runs { get; }

    /// <summary>What a person should look at before anything is trained, a sentence or two each.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Those that are not done.</summary>
    public IReadOnlyList<ExperimentRun> Unfinished => [.. Runs.Where(r => !content.IsDone(r))];

    /// <summary>How long it waits for runs that other processes have before it ends with <see cref="RunInUseException"/>; as long as they take where it is not set.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.MaxValue;

    /// <summary>For one run alone: nothing of the others is looked at, so that many processes can begin at once.</summary>
    /// <param name="job">Trains.</param>
    /// <param name="plan">What is compared.</param>
    /// <param name="folder">Where; made where it is missing.</param>
    /// <param name="run">Of the plan in this folder.</param>
    /// <exception cref="FileException">The run cannot be carried out, or does not go with what the folder holds.</exception>
    public static ComparisonRunner ForRun(IExperimentJob job, ComparisonPlan plan, string folder, ExperimentRun run)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(run);
        var runner = new ComparisonRunner(job, plan, folder, run) { Patience = TimeSpan.FromMinutes(1) };
        runner.content.Check(run);
        var path = Path.Combine(folder, ComparisonFolder.PlanFile);
        if (!AtomicFile.TryCreateText(path, plan.ToJson()))
        {
            RequireSameArm(path, run);
        }
        return runner;
    }

    /// <summary>Everything that a folder holds of a plan. Trains and writes nothing.</summary>
    /// <param name="job">Knows data and arms.</param>
    /// <param name="plan">What is compared.</param>
    /// <param name="folder">Need not exist.</param>
    /// <exception cref="FileException">The plan does not go with the runs that the folder holds.</exception>
    public static ComparisonResults Read(IExperimentJob job, ComparisonPlan plan, string folder)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var setup = job.Prepare(plan, plan.Arms);
        ComparisonState.Check(folder, plan, setup);
        var content = new ComparisonFolder(job, plan, setup, folder);
        foreach (var run in content.Runs)
        {
            content.Check(run);
        }
        return content.Collect();
    }

    /// <summary>What the unfinished runs will take, from a short measurement.</summary>
    /// <param name="jobs">How many at once, 1 or more.</param>
    /// <param name="cancellation">Ends the measurement.</param>
    public async Task<RunCost> EstimateAsync(int jobs, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(jobs, 1);
        var left = Unfinished.Where(r => !job.IsTrained(r)).ToArray();
        if (left.Length == 0)
        {
            return RunCost.None;
        }

        // As many at once as later, for they share the machine.
        var measured = await Task.WhenAll(left.Take(jobs).Select(run => job.MeasureAsync(run, cancellation))).ConfigureAwait(false);
        return new RunCost(measured.Max(cost => cost.Time) * Math.Ceiling(left.Length / (double)jobs), measured.Average(cost => cost.Operations) * left.Length);
    }

    /// <summary>Carries out what is not done yet, and shares it with other processes that do the same: a run that one of them has is left to it.</summary>
    /// <param name="jobs">How many runs at once, 1 or more.</param>
    /// <param name="progress">Is told of every run at the start and whenever something changes.</param>
    /// <param name="cancellation">Ends it; what is done stays done.</param>
    /// <returns>Everything found so far, earlier sessions included. A failed run ends none of the others.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="RunInUseException">Another process has a run for longer than <see cref="Patience"/>.</exception>
    public async Task<ComparisonResults> RunAsync(int jobs, IProgress<RunStatus> progress, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(jobs, 1);
        ArgumentNullException.ThrowIfNull(progress);
        foreach (var run in Runs)
        {
            progress.Report(content.IsDone(run) ? Done(run) : new RunStatus(run.Arm.Name, run.Seed, RunStage.Waiting, 0, ""));
        }
        var waiting = new ConcurrentQueue<ExperimentRun>(Unfinished);
        var elsewhere = new ConcurrentDictionary<ExperimentRun, bool>();
        await Task.WhenAll(Enumerable.Range(0, jobs).Select(_ => WorkAsync(waiting, elsewhere, progress, cancellation))).ConfigureAwait(false);
        return Collect();
    }

    /// <summary>Everything found so far, without carrying anything out.</summary>
    public ComparisonResults Collect() => content.Collect();

    private async Task WorkAsync(ConcurrentQueue<ExperimentRun> waiting, ConcurrentDictionary<ExperimentRun, bool> elsewhere, IProgress<RunStatus> progress, CancellationToken cancellation)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (waiting.TryDequeue(out var run))
        {
            cancellation.ThrowIfCancellationRequested();
            if (elsewhere.ContainsKey(run))
            {
                // All others were tried since.
                await Task.Delay(LookAgain, cancellation).ConfigureAwait(false);
            }
            try
            {
                await CarryOutAsync(run, progress, cancellation).ConfigureAwait(false);
                start = TimeProvider.System.GetTimestamp();
            }
            catch (RunInUseException) when (TimeProvider.System.GetElapsedTime(start) < Patience)
            {
                if (elsewhere.TryAdd(run, true))
                {
                    progress.Report(new RunStatus(run.Arm.Name, run.Seed, RunStage.Waiting, 0, "another process has it"));
                }
                waiting.Enqueue(run);
            }
            // One run that fails, for whatever reason, must not take the others' hours with it.
#pragma warning disable CA1031
            catch (Exception fault) when (fault is not RunInUseException && (fault is not OperationCanceledException || !cancellation.IsCancellationRequested))
#pragma warning restore CA1031
            {
                content.Failures.Keep(run, fault.Message);
                progress.Report(new RunStatus(run.Arm.Name, run.Seed, RunStage.Failed, 0, fault.Message));
            }
        }
    }

    private async Task CarryOutAsync(ExperimentRun run, IProgress<RunStatus> progress, CancellationToken cancellation)
    {
        if (!content.IsDone(run))
        {
            await job.RunAsync(run, new Relay(run, progress, content.Failures), extras => content.Keep(run, extras), cancellation).ConfigureAwait(false);
        }
        content.Failures.Forget(run);
        progress.Report(Done(run));
    }

    private static RunStatus Done(ExperimentRun run) =>
        new(run.Arm.Name, run.Seed, RunStage.Finished, 1, "AP " + ReportText.AveragePrecision(FinishedRun.Read(run).Summary.LastAveragePrecision));

    private static void MakeFolder(string folder)
    {
        try
        {
            var runs = Path.Combine(folder, ComparisonRuns.FolderName);
            Directory.CreateDirectory(runs);
            WholeFolder.RemoveLeftovers(runs);
        }
        catch (Exception fault) when (FileFault.IsOne(fault))
        {
            throw FileFault.OfWriting(folder, fault);
        }
        AtomicFile.TryCreateText(Path.Combine(folder, ".gitignore"), GitIgnore);
    }

    private static void WritePlan(string path, ComparisonPlan plan)
    {
        var text = plan.ToJson();
        if (!File.Exists(path) || File.ReadAllText(path) != text)
        {
            AtomicFile.WriteText(path, text);
        }
    }

    private static void RequireSameArm(string path, ExperimentRun run)
    {
        var before = ComparisonPlan.Read(path);
        if (before.Arms.FirstOrDefault(a => a.FolderName == run.Arm.FolderName) is { } arm
            && (before.Epochs != run.Epochs || arm.Schedule.CanonicalText != run.Arm.Schedule.CanonicalText || before.RunOf(arm, run.Seed, "").Options.ToString() != run.Options.ToString()))
        {
            throw new FileException(path, $"has another schedule, other options or another length for the arm '{arm.Name}' than the plan that was given. Restore that plan, or start the comparison without naming a run: then all runs are checked and the plan is written anew.");
        }
    }

    private sealed class Relay(ExperimentRun run, IProgress<RunStatus> progress, RunFailures failures) : IProgress<ProgressSnapshot>
    {
        private bool hasBegun;

        public void Report(ProgressSnapshot value)
        {
            if (!hasBegun)
            {
                hasBegun = true;
                failures.Forget(run);
            }
            progress.Report(new RunStatus(run.Arm.Name, run.Seed, RunStage.Running, value.Fraction, ReportText.Duration(value.TimeLeft) + " left"));
        }
    }
}
