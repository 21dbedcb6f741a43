using Cawb.Reports.Files;
using Cawb.Training.Comparison;
using Cawb.Training.Runs;

namespace Cawb.Training.SideBySide;

/// <summary>A run among others, under a name that no other of them has.</summary>
/// <param name="Name">As it stands in tables and legends.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Record">What it is and has reached.</param>
public sealed record ListedRun(string Name, RunState State, RunRecord Record)
{
    /// <summary>Finds runs by what somebody names: run directories, or comparisons, which stand for their runs that are begun.</summary>
    /// <param name="folders">At least one.</param>
    /// <exception cref="FileException">A folder is neither, or a run in it cannot be read.</exception>
    public static IReadOnlyList<ListedRun> Find(IEnumerable<string> folders)
    {
        ArgumentNullException.ThrowIfNull(folders);
        var found = folders.SelectMany(folder => Of(Path.TrimEndingDirectorySeparator(folder))).DistinctBy(run => Path.GetFullPath(run.Directory)).ToArray();
        string[] shortNames = [.. found.Select(run => run.Name)];
        return [.. found.Select((run, i) => new ListedRun(
            shortNames.Count(name => name == shortNames[i]) == 1 ? shortNames[i] : run.Directory, RunState.Of(run.Directory), RunRecord.Read(run.Directory)))];
    }

    private static IEnumerable<(string Name, string Directory)> Of(string folder)
    {
        if (ComparisonOverview.IsComparison(folder))
        {
            var begun = ComparisonOverview.Read(folder).Runs.Where(run => RunState.IsRun(run.Run.Directory)).ToArray();
            return begun.Length > 0 ? begun.Select(run => (run.Run.Title, run.Run.Directory)) : throw new FileException(folder, "no run of this comparison is begun yet. Start it with cawb compare.");
        }

        return RunState.IsRun(folder) ? [(Path.GetFileName(folder), folder)] : throw new FileException(folder, Directory.Exists(folder)
            ? "is neither a run nor a comparison. Name a folder that train or compare wrote; cawb runs lists those under runs."
            : "there is no such run. Check the path for a typing error; cawb runs lists the runs under runs.");
    }
}
