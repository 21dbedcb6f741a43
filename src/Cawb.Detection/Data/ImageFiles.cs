using Cawb.Detection.Images;

namespace Cawb.Detection.Data;

/// <summary>The images of a folder and of those in it, and what else lies there.</summary>
internal static class ImageFiles
{
    // Images that people have and that are not read, by what their names end in.
    private static readonly string[] UnreadFormats =
    [
        ".gif", ".heic", ".heif", ".avif", ".jxl", ".jp2", ".j2k", ".jpx", ".dng", ".raw", ".cr2", ".cr3", ".nef", ".arw", ".orf", ".rw2", ".pfm", ".ppm", ".pgm", ".pbm", ".pnm", ".exr", ".hdr", ".tga", ".psd", ".svg", ".ico",
        ".dcm", ".nii", ".mp4", ".avi", ".mov", ".mkv", ".webm",
    ];

    // What tools and systems leave between images.
    private static readonly string[] NoData =
    [
        ".txt", ".json", ".xml", ".csv", ".tsv", ".yaml", ".yml", ".md", ".rst", ".html", ".cache", ".npy", ".npz", ".db", ".ini", ".log", ".names", ".data", ".zip", ".gz", ".tar", ".py", ".ipynb", ".pdf", ".lock", ".labels", ".pixels",
    ];

    /// <summary>The images by path; hidden files and folders, and what obviously is no image, are passed over, other files with a note.</summary>
    internal static IEnumerable<string> Under(string folder, ProblemList problems)
    {
        var images = new List<string>();
        Collect(Path.GetFullPath(folder), images, problems);
        images.Sort(StringComparer.Ordinal);
        return images;
    }

    private static void Collect(string folder, List<string> images, ProblemList problems)
    {
        foreach (var file in Directory.EnumerateFiles(folder).Where(file => !IsHidden(file)))
        {
            var ending = Path.GetExtension(file);
            if (ImageFile.HasExtension(file))
            {
                images.Add(file);
            }
            else if (UnreadFormats.Contains(ending, StringComparer.OrdinalIgnoreCase))
            {
                problems.Add(ProblemKind.UnreadFormat, file, $"Is of a format that is not read ({ending}), and passed over with its labels. Save it as PNG or JPEG.");
            }
            else if (ending.Length > 0 && !NoData.Contains(ending, StringComparer.OrdinalIgnoreCase))
            {
                problems.Add(ProblemKind.UnknownFile, file, $"Is passed over: charts end in {string.Join(", ", ImageFile.Extensions)}.");
            }
        }

        foreach (var inner in Directory.EnumerateDirectories(folder).Where(inner => !IsHidden(inner) && Path.GetFileName(inner) != "__MACOSX" && !LeadsBack(inner)))
        {
            Collect(inner, images, problems);
        }
    }

    private static bool IsHidden(string path) => Path.GetFileName(path)[0] == '.';

    // A link to a folder that it is in would be followed for ever.
    private static bool LeadsBack(string folder) =>
        new DirectoryInfo(folder) is { LinkTarget: not null } link
        && (link.ResolveLinkTarget(returnFinalTarget: true) is not { } target || $"{folder}/".StartsWith($"{target.FullName.TrimEnd('/')}/", StringComparison.Ordinal));
}
