using Cawb.Training.Runs;
using Cawb.Training.SideBySide;

namespace Cawb.Web.Folder;

/// <summary>Several runs over each other.</summary>
/// <param name="Runs">As they were found, those that cannot be read included.</param>
/// <param name="Report">Of those that can; null where none can.</param>
/// <param name="Problems">Why others cannot.</param>
public sealed record RunsBesideEachOther(IReadOnlyList<FolderRun> Runs, RunsReport? Report, IReadOnlyList<string> Problems)
{
    /// <summary>Reads them.</summary>
    /// <param name="chosen">At least one.</param>
    /// <param name="read">Reads one.</param>
    /// <param name="rateSamples">Of each curve of rates.</param>
    internal static RunsBesideEachOther Of(IReadOnlyList<FolderRun> chosen, Func<FolderRun, RunRecord> read, int rateSamples)
    {
        var (listed, problems) = (new List<ListedRun>(), new List<string>());
        foreach (var run in chosen)
        {
            if (run.State.Stage == RunStage.Waiting)
            {
                problems.Add($"{run.LongTitle} is not begun.");
            }
            else if (Guarded.Read(run.Directory, () => new ListedRun(Name(run, chosen), run.State, read(run)), problems) is { } one)
            {
                listed.Add(one);
            }
        }

        return new RunsBesideEachOther(chosen, listed.Count > 0 ? new RunsReport(listed, rateSamples) : null, problems);
    }

    private static string Name(FolderRun run, IReadOnlyList<FolderRun> chosen) => chosen.Count(other => other.Title == run.Title) == 1 ? run.Title : run.LongTitle;
}
