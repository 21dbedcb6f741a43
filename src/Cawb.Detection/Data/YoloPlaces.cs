namespace Cawb.Detection.Data;

/// <summary>Finds what a YOLO description names: where it says, else where tools are known to put it, with a note.</summary>
/// <remarks>
/// <para>
/// Relative places are relative to <c>path</c>, and that to the file. Where nothing is there: without leading <c>../</c> (Roboflow writes <c>../train/images</c> for folders beside the file, and
/// YOLOv5 reads it so), with <c>/</c> for <c>\</c>, and without the first folder (darknet's <c>data/</c>); and the same with <c>path</c> relative to the folder that the command starts in, as for YOLOv5,
/// relative to the folder above the file, or left out.
/// </para>
/// </remarks>
internal static class YoloPlaces
{
    /// <summary>Folders and list files of a part.</summary>
    internal static IReadOnlyList<string> Of(YoloDescription description, IReadOnlyList<string> entries, string part, ProblemList problems) =>
        [.. entries.Select(entry => Find(description, entry, part, problems))];

    /// <exception cref="DatasetException">Nothing is there.</exception>
    internal static string Find(YoloDescription description, string entry, string key, ProblemList problems)
    {
        var asWritten = At(Path.Combine(description.Folder, description.Root), entry);
        if (IsThere(asWritten))
        {
            return asWritten;
        }

        foreach (var root in Roots(description))
        {
            foreach (var reading in Readings(entry))
            {
                var place = At(root, reading);
                if (IsThere(place))
                {
                    problems.Add(ProblemKind.FoundElsewhere, description.Path, $"`{key}` names {asWritten}, where nothing is; {place} is taken.");
                    return place;
                }
            }
        }

        throw new DatasetException(
            description.Path, $"`{key}` names {asWritten}, and there is no such folder or file. Paths are relative to {Path.GetFullPath(Path.Combine(description.Folder, description.Root))}.");
    }

    /// <summary>The lines of a list file as paths: relative to the list, else to the description's places, whichever has the first line that is anywhere.</summary>
    internal static IEnumerable<string> Lines(YoloDescription description, string list, string[] lines, ProblemList problems)
    {
        var folder = Path.GetDirectoryName(list) ?? "/";
        Func<string, string>[] readings = [line => line, line => line.Replace('\\', '/'), line => Readings(line).Last()];
        string[] roots = [folder, .. Roots(description)];
        foreach (var line in lines)
        {
            foreach (var (root, reading) in roots.SelectMany(root => readings.Select(reading => (root, reading))))
            {
                var place = At(root, reading(line));
                if (!File.Exists(place))
                {
                    continue;
                }

                if (place != At(folder, line))
                {
                    problems.Add(ProblemKind.FoundElsewhere, list, $"Lists {line}, which is not in {folder}; {place} is taken, and the other lines likewise.");
                }

                return lines.Select(other => At(root, reading(other)));
            }
        }

        return lines.Select(line => At(folder, line));
    }

    private static string[] Roots(YoloDescription description) =>
    [
        .. new[]
        {
            Path.Combine(description.Folder, description.Root), Path.GetFullPath(description.Root.Length > 0 ? description.Root : "."), Path.Combine(Path.GetDirectoryName(description.Folder) ?? "/", description.Root),
            description.Folder,
        }.Distinct(StringComparer.Ordinal),
    ];

    private static IEnumerable<string> Readings(string entry)
    {
        var path = entry.Replace('\\', '/');
        yield return path;
        while (path.StartsWith("../", StringComparison.Ordinal))
        {
            path = path[3..];
            yield return path;
        }

        path = path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path;
        if (!Path.IsPathRooted(path) && path.IndexOf('/', StringComparison.Ordinal) is > 0 and var end)
        {
            yield return path[end..].TrimStart('/');
        }
    }

    private static string At(string root, string entry)
    {
        try
        {
            return Path.GetFullPath(Path.Combine(root, entry));
        }
        catch (ArgumentException)
        {
            // A character that no path can have, such as the one of code 0.
            return Path.Combine(root, "?");
        }
    }

    private static bool IsThere(string place) => Directory.Exists(place) || File.Exists(place);
}
