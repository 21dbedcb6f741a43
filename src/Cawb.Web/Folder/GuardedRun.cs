using System.Globalization;
using Cawb.Reports.Files;
using Cawb.Training.Runs;

namespace Cawb.Web.Folder;

/// <summary>Reads run directories that anybody may have written: nothing outside the folder of runs, and nothing that no run writes.</summary>
internal static class GuardedRun
{
    private const long Mebibyte = 1 << 20;

    // What of a run is read, and the most that a run writes into it: 100,000 epochs are 40 MB of numbers.
    private static readonly (string Name, long Most)[] Files =
    [
        (RunDirectory.DefinitionFile, 4 * Mebibyte), (RunDirectory.MetricsFileName, 64 * Mebibyte), (RunState.ResultFile, Mebibyte), (RunNotes.FileName, Mebibyte), (RunDirectory.LockFile, Mebibyte), ("checkpoints", 0), ("checkpoints/last.checkpoint", 16 * Mebibyte),
    ];

    /// <summary>Reads a run.</summary>
    /// <param name="directory">Which the fence has no objection to.</param>
    /// <param name="fence">Around the folder of runs.</param>
    /// <exception cref="FileException">A file leads elsewhere, is larger than any run's, or cannot be read.</exception>
    public static RunRecord Read(string directory, Fence fence)
    {
        Check(directory, fence);
        return RunRecord.Read(directory);
    }

    /// <summary>Checks all files of a run that are read, and reads none.</summary>
    /// <param name="directory">Which the fence has no objection to.</param>
    /// <param name="fence">Around the folder of runs.</param>
    /// <exception cref="FileException">A file leads elsewhere, or is larger than any run's.</exception>
    public static void Check(string directory, Fence fence)
    {
        foreach (var (name, most) in Files)
        {
            CheckFile(Path.Combine(directory, name), most, fence);
        }
    }

    /// <summary>Checks a file before it is read.</summary>
    /// <param name="path">Need not exist.</param>
    /// <param name="most">Bytes; 0 for a folder.</param>
    /// <param name="fence">Around the folder of runs.</param>
    /// <exception cref="FileException">The file leads elsewhere, or is larger.</exception>
    public static void CheckFile(string path, long most, Fence fence)
    {
        if (fence.Objection(path) is { Length: > 0 } objection)
        {
            throw new FileException(path, objection);
        }

        if (most > 0 && FileStamp.Of(path).Length is var length && length > most)
        {
            throw new FileException(path, string.Create(
                CultureInfo.InvariantCulture, $"has {length / Mebibyte} MiB, and no run writes more than {most / Mebibyte} MiB into it, so it is not read. Look at what wrote it."));
        }
    }
}
