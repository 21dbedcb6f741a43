using System.Collections.Concurrent;
using Cawb.Training.Comparison;
using Cawb.Training.Comparison.Jobs;
using Cawb.Training.Runs;

namespace Cawb.Web.Folder;

/// <summary>What pages show of runs and comparisons beyond the list of them: made once for each version of their files, shared by all pages, and kept as long as a page shows it.</summary>
/// <param name="options">Which folder.</param>
public sealed class FolderDetails(ServeOptions options)
{
    /// <summary>Points of a curve of rates: enough to look at single batches of most runs.</summary>
    internal const int RateSamples = 100_000;

    // Where many runs lie over each other, a tenth shows as much.
    private const int RateSamplesOfMany = 10_000;

    private const int MostReports = 64;

    private readonly string root = Path.GetFullPath(options.RunsFolder);
    private readonly MadeOnce<FolderRun, RunDetails> runs = new();
    private readonly MadeOnce<FolderRun, RunRecord> records = new();
    private readonly MadeOnce<FolderRun, FinishedRun> finished = new();
    private readonly MadeOnce<FolderComparison, ComparisonDetails> comparisons = new();
    private readonly ConcurrentDictionary<string, WeakReference<RunsBesideEachOther>> beside = new(StringComparer.Ordinal);

    /// <summary>A run.</summary>
    /// <param name="run">As it was found.</param>
    public Task<RunDetails> OfAsync(FolderRun run) => runs.Find(run) is { } made ? Task.FromResult(made) : Task.Run(() => runs.Of(run, one => RunDetails.Of(one, options.RunsFolder, new Fence(root))));

    /// <summary>A comparison.</summary>
    /// <param name="comparison">As it was found.</param>
    public Task<ComparisonDetails> OfAsync(FolderComparison comparison) => comparisons.Find(comparison) is { } made ? Task.FromResult(made) : Task.Run(() => comparisons.Of(comparison, one => ComparisonDetails.Of(one, options.RunsFolder, Finished)));

    /// <summary>Runs over each other.</summary>
    /// <param name="chosen">At least one, as they were found.</param>
    public Task<RunsBesideEachOther> OfAsync(IReadOnlyList<FolderRun> chosen)
    {
        var key = string.Join('\n', chosen.Select(run => run.Name));
        return beside.TryGetValue(key, out var known) && known.TryGetTarget(out var made) && made.Runs.SequenceEqual(chosen) ? Task.FromResult(made) : Task.Run(() => Beside(key, chosen));
    }

    private RunsBesideEachOther Beside(string key, IReadOnlyList<FolderRun> chosen)
    {
        foreach (var gone in beside.Where(one => beside.Count > MostReports && !one.Value.TryGetTarget(out _)))
        {
            beside.TryRemove(gone);
        }

        var fresh = RunsBesideEachOther.Of(chosen, run => records.Of(run, one => GuardedRun.Read(one.Directory, new Fence(root))), RateSamplesOfMany);
        beside[key] = new WeakReference<RunsBesideEachOther>(fresh);
        return fresh;
    }

    private FinishedRun Finished(FolderRun run, ExperimentRun planned) => finished.Of(run, one =>
    {
        GuardedRun.Check(one.Directory, new Fence(root));
        return FinishedRun.Read(planned);
    });
}
