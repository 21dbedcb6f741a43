using System.Text.RegularExpressions;
using Cawb.Coco;

namespace Cawb.Detection.Data;

/// <summary>Where a folder with COCO annotations has the annotation file and the images of a part.</summary>
/// <remarks>
/// COCO, CVAT and datumaro have <c>annotations/instances_NAME.json</c>; Roboflow, FiftyOne, Label Studio and converters of LabelMe and VIA write one file for each export, so that a data set has a
/// folder <c>train</c> and a folder <c>val</c> (or <c>valid</c>, <c>validation</c>) with a file each, or <c>train.json</c> and <c>val.json</c>. Letters may be capitals.
/// </remarks>
internal static partial class CocoLayout
{
    internal const string AnnotationsFolder = "annotations";
    private const string Prefix = "instances_";

    /// <summary>Whether a folder has an annotation file for some part.</summary>
    internal static bool IsIn(string folder) => Find(folder, "train").Length + Find(folder, "val").Length > 0;

    /// <summary>The annotation file of a part.</summary>
    /// <exception cref="DatasetException">There is none, or there are several.</exception>
    internal static string Annotations(string folder, string part) => Find(folder, part) switch
    {
        [var file] => file,
        [] => throw new DatasetException(
            folder,
            $"Has no annotations for the part `{part}`: looked for {AnnotationsFolder}/{Prefix}{part}*.json, {part}.json and one .json file in the folder {part}. {Seen(folder)} Both a train and a val part are needed; "
            + $"rename a file or folder to say which part it is."),
        var files => throw new DatasetException(folder, $"Has {files.Length} annotation files for the part `{part}`; keep one: {string.Join(", ", files.Select(file => Path.GetRelativePath(folder, file)))}."),
    };

    /// <summary>Folders in which the images of an annotation file may be, the likeliest first.</summary>
    internal static string[] ImageFolders(string annotations)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(annotations)) ?? "/";
        var root = IsNamed(folder, AnnotationsFolder) ? Path.GetDirectoryName(folder) ?? "/" : folder;
        var stem = Path.GetFileNameWithoutExtension(annotations);
        var suffix = stem.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? stem[Prefix.Length..] : stem;
        return [Path.Combine(root, "images", suffix), Path.Combine(root, suffix), Path.Combine(root, "images"), Path.Combine(root, "data"), root];
    }

    /// <summary>The folder of a part's images, and how names of the file become names in it.</summary>
    /// <param name="coco">The part.</param>
    /// <param name="annotations">Its file.</param>
    /// <param name="problems">Is told where the names are not taken as they are.</param>
    /// <exception cref="DatasetException">There is no folder in which an image could be.</exception>
    internal static (string Folder, Func<string, string> Name) Images(CocoDataset coco, string annotations, ProblemList problems)
    {
        var folders = ImageFolders(annotations);
        (Func<string, string> Name, string Note)[] readings =
        [
            (name => name, ""),
            (name => name.Replace('\\', '/'), "with / in place of \\"),
            (name => Path.GetFileName(name.Replace('\\', '/')), "without the folders before them"),
        ];

        // The first image that is anywhere decides for all, so that a missing one is missing in the place of the others.
        foreach (var image in coco.Images)
        {
            foreach (var (name, note) in readings)
            {
                if (Array.Find(folders, folder => File.Exists(Path.Combine(folder, name(image.FileName)))) is { } found)
                {
                    if (note.Length > 0)
                    {
                        problems.Add(ProblemKind.FoundElsewhere, annotations, $"File names such as {image.FileName} are taken {note}, in {found}.");
                    }

                    return (found, name);
                }
            }
        }

        var likeliest = Array.Find(folders[..^1], Directory.Exists)
            ?? throw new DatasetException(annotations, $"None of its images is there, such as {coco.Images[0].FileName}; looked for them in {string.Join(", ", folders)}. Put the images into one of these folders.");
        return (likeliest, readings[1].Name);
    }

    private static string[] Find(string folder, string part)
    {
        var inAnnotations = Subfolders(folder).Where(path => IsNamed(path, AnnotationsFolder));
        string[] files = [.. inAnnotations.SelectMany(JsonFiles).Where(file => IsOf(part, file))];
        if (files.Length == 0)
        {
            files = [.. JsonFiles(folder).Where(file => IsOf(part, file))];
        }

        return files.Length > 0 ? files : [.. Subfolders(folder).Where(path => PartName().Match(Path.GetFileName(path)) is { Success: true } match && IsPart(part, match)).SelectMany(InPartFolder)];
    }

    // One export by itself, with its annotations beside the images or in a folder of their own.
    private static string[] InPartFolder(string folder)
    {
        var files = JsonFiles(folder);
        return files.Length > 0 ? files : [.. Subfolders(folder).Where(path => IsNamed(path, AnnotationsFolder)).SelectMany(JsonFiles).Where(file => Path.GetFileName(file).StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))];
    }

    private static bool IsOf(string part, string file)
    {
        var stem = Path.GetFileNameWithoutExtension(file);
        return stem.StartsWith(Prefix + part, StringComparison.OrdinalIgnoreCase) || (PartName().Match(stem) is { Success: true } match && IsPart(part, match));
    }

    private static bool IsPart(string part, Match match) => match.Value.StartsWith(part, StringComparison.OrdinalIgnoreCase);

    private static string Seen(string folder)
    {
        string[] files =
        [
            .. JsonFiles(folder).Concat(Subfolders(folder).Where(path => IsNamed(path, AnnotationsFolder)).SelectMany(JsonFiles)).Concat(Subfolders(folder).SelectMany(JsonFiles)).Distinct(StringComparer.Ordinal).Take(6)
                .Select(file => Path.GetRelativePath(folder, file)),
        ];
        return files.Length > 0 ? $"It has {string.Join(", ", files)}." : "It has no .json files.";
    }

    private static string[] JsonFiles(string folder) =>
        [.. Directory.EnumerateFiles(folder).Where(file => Path.GetExtension(file).Equals(".json", StringComparison.OrdinalIgnoreCase) && Path.GetFileName(file)[0] != '.').Order(StringComparer.Ordinal)];

    private static string[] Subfolders(string folder) => [.. Directory.EnumerateDirectories(folder).Where(path => Path.GetFileName(path)[0] != '.').Order(StringComparer.Ordinal)];

    private static bool IsNamed(string folder, string name) => Path.GetFileName(folder).Equals(name, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("^(train(ing)?|val(id(ation)?)?)[0-9]*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PartName();
}
