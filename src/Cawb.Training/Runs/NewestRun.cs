namespace Cawb.Training.Runs;

/// <summary>Which run somebody means who names none.</summary>
public static class NewestRun
{
    /// <summary>The run directory in a folder, or in one of its folders, that was trained last; null where there is none. The runs of comparisons, which lie deeper, are not among them.</summary>
    /// <param name="folder">May be missing.</param>
    public static string? Under(string folder) => !Directory.Exists(folder) ? null : Directory.EnumerateDirectories(folder)
        .SelectMany(place => Directory.EnumerateDirectories(place).Prepend(place))
        .Where(run => File.Exists(Path.Combine(run, RunDirectory.DefinitionFile)))
        .MaxBy(LastTrained);

    // A checkpoint after every epoch, or the record of a run without one.
    internal static DateTime LastTrained(string run)
    {
        var checkpoints = Path.Combine(run, CheckpointFolder.FolderName);
        return new[] { Path.Combine(run, RunDirectory.DefinitionFile), Path.Combine(run, RunDirectory.MetricsFileName) }
            .Concat(Directory.Exists(checkpoints) ? Directory.EnumerateFiles(checkpoints) : [])
            .Max(File.GetLastWriteTimeUtc);
    }
}
