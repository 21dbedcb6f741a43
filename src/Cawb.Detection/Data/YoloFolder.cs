using Cawb.Coco;

namespace Cawb.Detection.Data;

/// <summary>Reads one part of a YOLO data set: pictures from folders and list files, labels from text files.</summary>
internal static class YoloFolder
{
    private static readonly string[] Extensions = [".jpg", ".jpeg", ".png", ".webp", ".bmp"];

    internal static DetectionDataset Read(YoloDescription description, IReadOnlyList<string> places, string part, ProblemList problems, CancellationToken cancellation)
    {
        var paths = List(description, places, part);
        RemoveRepetitions(paths, part, problems);
        if (paths.Count == 0)
        {
            throw new DatasetException(description.Path, $"`{part}` has no pictures ({string.Join(", ", places)}). Pictures end in {string.Join(", ", Extensions)}.");
        }

        var sizes = ImageHeaders.Read(paths, problems, cancellation);
        var images = new List<DatasetImage>(paths.Count);
        for (var i = 0; i < paths.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (sizes[i] is not { } size)
            {
                continue;
            }

            var boxes = YoloLabelFile.Read(YoloLabelFile.PathOf(paths[i]), size, description.ClassNames.Count, problems);
            images.Add(new DatasetImage(paths[i], i + 1, size.Width, size.Height, size.Bytes, boxes));
            if (boxes.Length == 0)
            {
                problems.Add(ProblemKind.NoLabels, paths[i], "Has no labels: a background picture.");
            }
        }

        return new DetectionDataset(description.Path, part, images.AsReadOnly(), description.ClassNames, GroundTruth(images, description.ClassNames));
    }

    /// <summary>The image files of a part, repetitions included.</summary>
    internal static List<string> List(YoloDescription description, IReadOnlyList<string> places, string part) =>
        [.. places.SelectMany(place => PathsOf(description, place, part))];

    private static IEnumerable<string> PathsOf(YoloDescription description, string place, string part)
    {
        if (Directory.Exists(place))
        {
            return Directory.EnumerateFiles(place, "*", SearchOption.AllDirectories)
                .Where(path => Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
                .Order(StringComparer.Ordinal);
        }

        return File.Exists(place)
            ? Listed(place)
            : throw new DatasetException(description.Path, $"`{part}` names {place}, and there is no such folder or list file. Paths are relative to {description.Root}.");
    }

    // Relative lines are relative to the list itself, so that a data set can be moved as a whole.
    private static IEnumerable<string> Listed(string list)
    {
        var folder = Path.GetDirectoryName(list) ?? "/";
        return File.ReadLines(list).Select(line => line.Trim()).Where(line => line.Length > 0).Select(line => Path.GetFullPath(Path.Combine(folder, line)));
    }

    private static void RemoveRepetitions(List<string> paths, string part, ProblemList problems)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        paths.RemoveAll(path =>
        {
            var repeated = !seen.Add(path);
            if (repeated)
            {
                problems.Add(ProblemKind.DuplicateImage, path, $"Is listed more than once in `{part}`. Delete the repetitions.");
            }

            return repeated;
        });
    }

    private static CocoDataset GroundTruth(List<DatasetImage> images, IReadOnlyList<string> classNames)
    {
        var annotations = new List<CocoAnnotation>();
        foreach (var image in images)
        {
            foreach (var box in image.Boxes)
            {
                var (width, height) = (box.Width * image.Width, box.Height * image.Height);
                var corner = new CocoBox(box.CenterX * image.Width - width / 2, box.CenterY * image.Height - height / 2, width, height);
                annotations.Add(new CocoAnnotation(annotations.Count + 1, image.Id, box.ClassIndex, corner, corner.Area));
            }
        }

        return new CocoDataset(
            images.Select(image => new CocoImage(image.Id, image.Width, image.Height, Path.GetFileName(image.Path))),
            annotations,
            classNames.Select((name, index) => new CocoCategory(index, name)));
    }
}
