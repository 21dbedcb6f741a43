namespace Cawb.Training.Runs;

/// <summary>The weights file that a path means: the file itself, or that of a run.</summary>
/// <param name="Path">The file; not looked at yet.</param>
/// <param name="Note">A sentence for the user where it is not what was typed; else empty.</param>
public sealed record RunWeights(string Path, string Note)
{
    private const string Best = "best";
    private const string Last = "last";
    private const string Extension = ".safetensors";

    // YOLOv5 keeps weights/best.pt and weights/last.pt in a run.
    private const string Yolov5Folder = "weights";

    /// <summary>
    /// A run directory means its best weights, the last where it has no best. Paths that YOLOv5 has in its runs (<c>RUN/weights</c>, <c>RUN/weights/best.pt</c>) mean the file that a run has
    /// in its place. Any other path means itself, whether it is there or not.
    /// </summary>
    /// <param name="path">As the user gave it.</param>
    /// <exception cref="InputException">It is a folder, and no run or one without weights.</exception>
    public static RunWeights Of(string path)
    {
        if (File.Exists(path))
        {
            return new RunWeights(path, "");
        }

        var folder = System.IO.Path.TrimEndingDirectorySeparator(path);
        if (Directory.Exists(folder))
        {
            return OfRun(IsRun(folder) ? folder : Above(folder) is { } run ? run : throw NoRun(path), path);
        }

        return Owner(path) is { } owner ? InPlaceOf(path, owner, System.IO.Path.GetFileNameWithoutExtension(path)) : new RunWeights(path, "");
    }

    /// <summary>The run that a path means for who wants to go on with it: where it names a file that YOLOv5 or we keep in a run, that run; else the path.</summary>
    /// <param name="path">As the user gave it.</param>
    public static string RunOf(string path) => Directory.Exists(path) ? path : Owner(path) ?? path;

    private static string? Owner(string path)
    {
        var place = System.IO.Path.GetDirectoryName(path) is { Length: > 0 } named ? named : ".";
        return System.IO.Path.GetFileNameWithoutExtension(path) is Best or Last ? IsRun(place) ? place : Above(place) : null;
    }

    private static string? Above(string folder) =>
        System.IO.Path.GetFileName(folder) == Yolov5Folder && (System.IO.Path.GetDirectoryName(folder) is { Length: > 0 } above ? above : ".") is var run && IsRun(run) ? run : null;

    private static bool IsRun(string folder) => File.Exists(System.IO.Path.Combine(folder, RunDirectory.DefinitionFile)) || File.Exists(FileOf(folder, Best)) || File.Exists(FileOf(folder, Last));

    private static string FileOf(string run, string name) => System.IO.Path.Combine(run, name + Extension);

    private static RunWeights OfRun(string run, string path) =>
        File.Exists(FileOf(run, Best)) ? new RunWeights(FileOf(run, Best), "")
        : File.Exists(FileOf(run, Last)) ? new RunWeights(FileOf(run, Last), $"{run} has no {Best}{Extension}; its {Last}{Extension} is taken.")
        : throw new InputException($"{path}: the run has no weights yet; they come with the first epoch that is validated. Go on with it first: ./cawb train --resume {run}");

    private static RunWeights InPlaceOf(string path, string run, string name) => File.Exists(FileOf(run, name))
        ? new RunWeights(FileOf(run, name), $"{path} is {FileOf(run, name)} here, which is taken.")
        : throw new InputException($"{path}: the run {run} has no {name}{Extension}{(name == Last ? ", which is written at its end" : "")}. Name the run alone to take what it has.");

    private static InputException NoRun(string path)
    {
        string[] runs = [.. Directory.EnumerateDirectories(path).Where(IsRun).Select(System.IO.Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal).Take(5)];
        return new InputException(runs.Length > 0
            ? $"{path}: this folder has runs in it ({string.Join(", ", runs)}{(runs.Length == 5 ? ", ..." : "")}) and is none itself. Name one of them."
            : $"{path}: this folder is no run; it has no {RunDirectory.DefinitionFile}. Name a weights file, or the folder of a run.");
    }
}
