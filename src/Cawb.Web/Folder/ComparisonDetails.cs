using Cawb.Reports.Charts;
using Cawb.Training.Comparison;
using Cawb.Training.Comparison.Jobs;
using Cawb.Training.Comparison.Plans;
using Cawb.Training.Comparison.Reports;
using Cawb.Training.Runs;
using Cawb.Training.Slurm;

namespace Cawb.Web.Folder;

/// <summary>Everything that the page of a comparison shows beyond the states of its runs.</summary>
public sealed record ComparisonDetails
{
    private ComparisonDetails(FolderComparison comparison) => Comparison = comparison;

    /// <summary>As it was found.</summary>
    public FolderComparison Comparison { get; }

    /// <summary>What went wrong while it was read, a paragraph each.</summary>
    public IReadOnlyList<string> Problems { get; private init; } = [];

    /// <summary>What the finished runs allow to say.</summary>
    public IReadOnlyList<string> Conclusion { get; private init; } = [];

    /// <summary>Tables and charts of the finished runs; null while none is finished.</summary>
    public ComparisonContent? Content { get; private init; }

    /// <summary>Curves over the epochs: of the finished runs of each arm, or of those that are begun where none is finished.</summary>
    public IReadOnlyList<Chart> Curves { get; private init; } = [];

    /// <summary>Whether some of the curves are of runs that go on.</summary>
    public bool HasUnfinishedCurves { get; private init; }

    /// <summary>Arm minus baseline; null while nothing can be paired.</summary>
    public IntervalChart? Differences { get; private init; }

    /// <summary>What somebody should know of the curves.</summary>
    public IReadOnlyList<string> Notes { get; private init; } = [];

    /// <summary>Title and state, in words, of every run whose numbers are missing.</summary>
    public IReadOnlyList<(FolderRun Run, string State)> Missing { get; private init; } = [];

    /// <summary>What goes on with it.</summary>
    public string Command { get; private init; } = "";

    /// <summary>What shows its jobs in Slurm's queue; empty where it is not Slurm's.</summary>
    public string QueueCommand { get; private init; } = "";

    /// <summary>Reads what there is so far.</summary>
    /// <param name="comparison">As it was found.</param>
    /// <param name="folder">The folder of runs, as somebody typed it: commands begin with it.</param>
    /// <param name="read">Reads a run.</param>
    internal static ComparisonDetails Of(FolderComparison comparison, string folder, Func<FolderRun, ExperimentRun, FinishedRun> read)
    {
        if (comparison.Plan is not { } plan)
        {
            return new ComparisonDetails(comparison) { Problems = [comparison.Problem] };
        }

        var problems = new List<string>();
        var place = ShellWord.Quoted(Path.Combine(folder, comparison.Name));
        var made = new ComparisonDetails(comparison)
        {
            Command = $"./cawb compare {ShellWord.Quoted(Path.Combine(folder, comparison.Name, ComparisonOverview.PlanFile))} --out {place}",
            QueueCommand = comparison.HasSlurm ? $"squeue --name={SlurmJob.NameOf(plan.Name, comparison.Directory)}" : "",
        };
        return (Guarded.Read(comparison.Directory, () => Filled(made, plan, Begun(comparison, plan, read, problems), problems), problems) ?? made) with { Problems = problems };
    }

    private static ComparisonDetails Filled(ComparisonDetails made, ComparisonPlan plan, List<(FolderRun Run, ExperimentRun Planned, FinishedRun Numbers)> begun, List<string> problems)
    {
        var comparison = made.Comparison;
        var setup = RecordedSetup.Of(plan, comparison.Directory, [.. begun.Select(run => run.Numbers)]);
        foreach (var other in begun.Where(run => !run.Numbers.IsOf(run.Planned, setup)))
        {
            problems.Add($"{other.Run.Title} was made with another schedule, other options or another length than the plan has now. Its numbers are left out.");
        }

        begun.RemoveAll(run => !run.Numbers.IsOf(run.Planned, setup));
        FinishedRun[] done = [.. begun.Where(run => IsDone(run.Run, run.Planned)).Select(run => run.Numbers)];
        var failures = comparison.Runs.Where(run => run.State.Stage == RunStage.Failed).Select(run => KeyValuePair.Create(run.Title, run.State.Problem)).ToArray();
        var results = new ComparisonResults(plan, setup, done, failures);
        var armsWithout = plan.Arms.Where(arm => results.Of(arm.Name).Count == 0).Select(arm => arm.Name).ToHashSet(StringComparer.Ordinal);
        var going = begun.Where(run => armsWithout.Contains(run.Numbers.ArmName)).Select(run => run.Numbers).ToArray();
        var shown = results with { Runs = [.. plan.Arms.SelectMany(arm => done.Concat(going).Where(run => run.ArmName == arm.Name))] };
        var content = done.Length > 0 ? new ComparisonContent(results, FolderDetails.RateSamples) : null;
        return made with
        {
            Content = content,
            Conclusion = ComparisonConclusion.Of(results),
            Differences = content?.DifferenceChart,
            Curves = [.. new ComparisonContent(shown, FolderDetails.RateSamples).Curves.Select(curve => curve.Chart)],
            HasUnfinishedCurves = going.Length > 0,
            Notes = setup.Warnings,
            Missing = [.. comparison.Runs.Where(run => !done.Any(one => one.ArmName == run.Arm && one.Seed == run.Seed)).Select(run => (run, RunStateWords.Of(run.State)))],
        };
    }

    private static List<(FolderRun Run, ExperimentRun Planned, FinishedRun Numbers)> Begun(
        FolderComparison comparison, ComparisonPlan plan, Func<FolderRun, ExperimentRun, FinishedRun> read, List<string> problems)
    {
        var begun = new List<(FolderRun, ExperimentRun, FinishedRun)>();
        foreach (var run in comparison.Runs.Where(run => run.State.Epoch > 0))
        {
            var planned = plan.RunOf(plan.Arm(run.Arm), run.Seed ?? 0, comparison.Directory);
            if (Guarded.Read(run.Directory, () => read(run, planned), problems) is { } numbers)
            {
                begun.Add((run, planned, numbers));
            }
        }

        problems.AddRange(comparison.Runs.Where(run => run.State is { Problem.Length: > 0, Stage: not RunStage.Failed }).Select(run => run.State.Problem));
        return begun;
    }

    // A run that keeps snapshots is done when they are evaluated.
    private static bool IsDone(FolderRun run, ExperimentRun planned) => run.State.Stage == RunStage.Finished && (!planned.TrainOptions.KeepTroughs || RunState.HasResult(run.Directory));
}
