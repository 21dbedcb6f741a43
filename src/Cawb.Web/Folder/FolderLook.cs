using Cawb.Reports.Files;
using Cawb.Training.Comparison;
using Cawb.Training.Comparison.Jobs;
using Cawb.Training.Comparison.Plans;
using Cawb.Training.Runs;
using Cawb.Training.SideBySide;
using Cawb.Training.Slurm;

namespace Cawb.Web.Folder;

/// <summary>Looks at the folder of runs again and again, and reads what has changed since.</summary>
/// <param name="root">Whole path; need not exist.</param>
internal sealed class FolderLook(string root)
{
    private const long MostPlan = 4 << 20;

    private readonly ScheduleSample curves = new();
    private Dictionary<string, Known> runs = new(StringComparer.Ordinal);
    private Dictionary<string, KnownPlan> plans = new(StringComparer.Ordinal);
    private FoundRuns last = new(0, DateTimeOffset.MinValue, [], [], "", false);

    /// <summary>Looks; one look at a time.</summary>
    /// <param name="now">The time of it.</param>
    public FoundRuns Take(DateTimeOffset now)
    {
        if (!Directory.Exists(root))
        {
            (runs, plans) = (new(StringComparer.Ordinal), new(StringComparer.Ordinal));
            return Conclude(now, [], [], "", isMissing: true);
        }

        try
        {
            var fence = new Fence(root);
            var places = RunPlace.Under(root, fence.Objection);
            var (wanted, comparisons) = Wanted(places, fence);
            var found = Read(wanted, fence);
            return Conclude(now, [.. wanted.Select(run => found[run.Directory].Run)], Assembled(comparisons, found), "", isMissing: false);
        }
        catch (Exception fault) when (fault is FileException || FileFault.IsOne(fault))
        {
            return Conclude(now, [], [], fault is FileException ? fault.Message : FileFault.OfReading(root, fault).Message, isMissing: false);
        }
    }

    private FoundRuns Conclude(DateTimeOffset now, IReadOnlyList<FolderRun> found, IReadOnlyList<FolderComparison> comparisons, string problem, bool isMissing)
    {
        var isSame = last.Version > 0 && found.SequenceEqual(last.Runs) && comparisons.SequenceEqual(last.Comparisons) && problem == last.Problem && isMissing == last.IsMissing;
        return last = isSame ? last with { Time = now } : new FoundRuns(last.Version + 1, now, found, comparisons, problem, isMissing);
    }

    private string NameOf(string directory) => Path.GetRelativePath(root, directory) is var name && name == "." ? "" : name.Replace(Path.DirectorySeparatorChar, '/');

    private (List<WantedRun> Runs, List<KnownPlan> Comparisons) Wanted(IReadOnlyList<RunPlace> places, Fence fence)
    {
        var (wanted, comparisons, known) = (new List<WantedRun>(), new List<KnownPlan>(), new Dictionary<string, KnownPlan>(StringComparer.Ordinal));
        foreach (var place in places)
        {
            if (!place.IsComparison)
            {
                wanted.Add(new WantedRun(place.Path, null, null, place.Problem, 0));
                continue;
            }

            var stamp = FileStamp.Of(Path.Combine(place.Path, ComparisonOverview.PlanFile));
            var plan = plans.TryGetValue(place.Path, out var before) && before.Stamp == stamp ? before : ReadPlan(place.Path, stamp, fence);
            plan = plan with { SlurmChanged = FileStamp.OfFolder(SlurmJob.LogsOf(place.Path)) is > 0 and var logs ? logs : FileStamp.OfFolder(Path.Combine(place.Path, SlurmJob.FolderName)) };
            known[place.Path] = plan;
            comparisons.Add(plan);
            var objection = plan.Runs.Count > 0 ? fence.Objection(Path.GetDirectoryName(plan.Runs[0].Directory) ?? root) : "";
            var failures = Path.Combine(place.Path, ComparedState.FailuresFolder);
            var failed = fence.Objection(failures).Length == 0 ? FileStamp.OfFolder(failures) : 0;
            wanted.AddRange(plan.Runs.Select(run => new WantedRun(run.Directory, run, plan, objection, failed)));
        }

        plans = known;
        return (wanted, comparisons);
    }

    private Dictionary<string, Known> Read(List<WantedRun> wanted, Fence fence)
    {
        var now = new Dictionary<string, Known>(wanted.Count, StringComparer.Ordinal);
        var changed = new List<(WantedRun Run, RunStamp Stamp)>();
        foreach (var run in wanted.DistinctBy(run => run.Directory))
        {
            var stamp = StampOf(run, fence);
            if (runs.TryGetValue(run.Directory, out var known) && known.Stamp == stamp)
            {
                now[run.Directory] = known;
            }
            else
            {
                changed.Add((run, stamp));
            }
        }

        var fresh = new Known[changed.Count];
        Parallel.For(0, changed.Count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, i => fresh[i] = new Known(changed[i].Stamp, Read(changed[i].Run, fence)));
        for (var i = 0; i < fresh.Length; i++)
        {
            now[changed[i].Run.Directory] = fresh[i];
        }

        return runs = now;
    }

    // A run of a comparison that has its result changes no more, and another one that is trained only where somebody makes it longer, which its record shows.
    private RunStamp StampOf(WantedRun run, Fence fence)
    {
        var folder = FileStamp.OfFolder(run.Directory);
        if (run.Problem.Length > 0 || folder == 0)
        {
            return new RunStamp(run.Plan?.Stamp ?? default, folder, default, default, run.Problem, false, run.FailuresChanged);
        }

        var objection = run.Run is null ? "" : fence.Objection(run.Directory);
        var stamp = new RunStamp(
            run.Plan?.Stamp ?? default, folder, FileStamp.Of(Path.Combine(run.Directory, RunDirectory.DefinitionFile)), FileStamp.Of(Path.Combine(run.Directory, RunDirectory.MetricsFileName)), objection, false, run.FailuresChanged);
        var isSettled = runs.TryGetValue(run.Directory, out var known) && known.Run.State.Stage == RunStage.Finished && known.Stamp == stamp;
        return isSettled || objection.Length > 0 || fence.Objection(Path.Combine(run.Directory, RunDirectory.LockFile)).Length > 0 ? stamp : stamp with { IsInUse = RunState.IsInUse(run.Directory) };
    }

    private FolderRun Read(WantedRun run, Fence fence)
    {
        var problem = run.Problem.Length > 0 ? run.Problem : fence.Objection(run.Directory);
        var (state, curve) = problem.Length > 0 ? (RunState.Unreadable($"{run.Directory}: {problem}"), [])
            : RunState.IsRun(run.Directory) ? ReadRun(run.Directory, fence)
            : (RunState.NotBegun, (IReadOnlyList<double>)[]);
        if (run.Run is { } planned && run.Plan is { } plan)
        {
            state = run.FailuresChanged > 0 ? ComparedState.Of(planned, state, plan.Directory).State : state;
            return new FolderRun(NameOf(run.Directory), run.Directory, plan.Name, planned.Arm.Name, planned.Seed, state, curve);
        }

        return new FolderRun(NameOf(run.Directory), run.Directory, null, "", null, state, curve);
    }

    private KnownPlan ReadPlan(string directory, FileStamp stamp, Fence fence) => Guarded.Read(directory, () =>
    {
        GuardedRun.CheckFile(Path.Combine(directory, ComparisonOverview.PlanFile), MostPlan, fence);
        var plan = ComparisonPlan.Read(Path.Combine(directory, ComparisonOverview.PlanFile));
        var all = ComparisonRuns.Of(plan, directory);
        return new KnownPlan(NameOf(directory), directory, stamp, plan, [.. plan.Arms.SelectMany(arm => all.Where(run => run.Arm == arm))], "");
    }, problem => new KnownPlan(NameOf(directory), directory, stamp, null, [], problem));

    private (RunState State, IReadOnlyList<double> Curve) ReadRun(string directory, Fence fence) => Guarded.Read<(RunState, IReadOnlyList<double>)>(directory, () =>
    {
        var record = GuardedRun.Read(directory, fence);
        var state = RunState.Of(record);
        return (state, curves.Of(record.Definition.ScheduleJson, state.Epochs));
    }, problem => (RunState.Unreadable(problem), []));

    private List<FolderComparison> Assembled(List<KnownPlan> comparisons, Dictionary<string, Known> found)
    {
        var before = last.Comparisons.ToDictionary(comparison => comparison.Directory, StringComparer.Ordinal);
        return [.. comparisons.Select(plan =>
        {
            FolderRun[] all = [.. plan.Runs.Select(run => found[run.Directory].Run)];
            return before.TryGetValue(plan.Directory, out var known) && known.Plan == plan.Plan && known.Problem == plan.Problem && known.SlurmChanged == plan.SlurmChanged && known.Runs.SequenceEqual(all)
                ? known
                : new FolderComparison(plan.Name, plan.Directory, plan.Plan, all, plan.Problem, plan.SlurmChanged);
        })];
    }

    private sealed record Known(RunStamp Stamp, FolderRun Run);

    private sealed record KnownPlan(string Name, string Directory, FileStamp Stamp, ComparisonPlan? Plan, IReadOnlyList<ExperimentRun> Runs, string Problem)
    {
        public long SlurmChanged { get; init; }
    }

    private sealed record WantedRun(string Directory, ExperimentRun? Run, KnownPlan? Plan, string Problem, long FailuresChanged);

    private readonly record struct RunStamp(FileStamp Plan, long Folder, FileStamp Definition, FileStamp Metrics, string Objection, bool IsInUse, long FailuresChanged);
}
