using Cawb.Detection.Data.Caching;

namespace Cawb.Detection.Data;

/// <summary>Tells from a path what kind of data set it is, and reads both parts.</summary>
internal static class DatasetSource
{
    internal static DetectionData Open(string path, ProblemList problems, LabelCache cache, CancellationToken cancellation)
    {
        try
        {
            var (training, validation) = Read(path, problems, cache, cancellation);
            ReportAcrossParts(training, validation, problems);
            return new DetectionData(training, validation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException(path, $"Cannot be read: {e.Message}", e);
        }
    }

    private static (DetectionDataset Training, DetectionDataset Validation) Read(string path, ProblemList problems, LabelCache cache, CancellationToken cancellation)
    {
        if (Directory.Exists(path))
        {
            string[] descriptions = [.. Directory.EnumerateFiles(path).Where(file => IsDescription(file) && Path.GetFileName(file)[0] != '.').Order(StringComparer.Ordinal)];
            return Directory.Exists(Path.Combine(path, CocoLayout.AnnotationsFolder)) || (descriptions.Length == 0 && CocoLayout.IsIn(path))
                ? (ReadCoco(path, "train", problems, cache, cancellation), ReadCoco(path, "val", problems, cache, cancellation))
                : descriptions.Length == 1 ? ReadYolo(descriptions[0], problems, cache, cancellation)
                : throw new DatasetException(path, "Is no data set: it needs annotations/instances_train*.json and annotations/instances_val*.json (COCO), or exactly one YAML description (YOLO); "
                    + (descriptions.Length > 0 ? $"it has {descriptions.Length} descriptions: name one of {string.Join(", ", descriptions.Select(Path.GetFileName))}." : $"it has neither.{WithoutDescription(path)}"));
        }

        if (!File.Exists(path))
        {
            throw new DatasetException(path, "There is no such file or folder. Give the folder of a COCO data set or the YAML file of a YOLO one; `cawb data digits` makes a data set to start with.");
        }

        return IsDescription(path)
            ? ReadYolo(path, problems, cache, cancellation)
            : throw new DatasetException(path, "Is no data set description: give the folder of a COCO data set or the .yaml (or darknet's .data) file of a YOLO one.");
    }

    private static (DetectionDataset Training, DetectionDataset Validation) ReadYolo(string path, ProblemList problems, LabelCache cache, CancellationToken cancellation)
    {
        var description = IsDarknet(path) ? DarknetDescription.Read(path, problems) : YoloDescription.Read(path, problems);
        return (Part("train", description.Training), Part("val", description.Validation));

        DetectionDataset Part(string part, IReadOnlyList<string> entries)
        {
            var places = YoloPlaces.Of(description, entries, part, problems);
            return cache.Open(
                new LabelSource(path, part, string.Join('\n', places), () => YoloFolder.List(description, places, new ProblemList())),
                problems,
                own => YoloFolder.Read(description, places, part, own, cancellation));
        }
    }

    private static DetectionDataset ReadCoco(string folder, string part, ProblemList problems, LabelCache cache, CancellationToken cancellation)
    {
        var annotations = CocoLayout.Annotations(folder, part);
        return cache.Open(new LabelSource(annotations, part, string.Join('\n', CocoLayout.ImageFolders(annotations)), ListFiles: null), problems, own => CocoFolder.Read(annotations, part, own, cancellation));
    }

    private static void ReportAcrossParts(DetectionDataset training, DetectionDataset validation, ProblemList problems)
    {
        if (!training.ClassNames.SequenceEqual(validation.ClassNames) || !training.CategoryIds.SequenceEqual(validation.CategoryIds))
        {
            throw new DatasetException(validation.Path, $"Has other classes than {training.Path}. Both parts need the same categories with the same ids.");
        }

        var seen = training.Images.Select(image => image.Path).ToHashSet(StringComparer.Ordinal);
        foreach (var image in validation.Images)
        {
            if (seen.Contains(image.Path))
            {
                problems.Add(ProblemKind.SharedImage, image.Path, "Is in the training and in the validation part: validation is then too optimistic. Take it out of one of them.");
            }
        }

        var used = training.Images.SelectMany(image => image.Boxes).Select(box => box.ClassIndex).ToHashSet();
        for (var i = 0; i < training.ClassNames.Count; i++)
        {
            if (!used.Contains(i))
            {
                problems.Add(ProblemKind.UnusedClass, training.Path, $"Class {i} ({training.ClassNames[i]}) has no label in the training part.");
            }
        }
    }

    // Label Studio's YOLO export is a YOLO data set but for its description.
    private static string WithoutDescription(string folder)
    {
        var names = Path.Combine(folder, "classes.txt");
        return File.Exists(names)
            ? " Its classes.txt looks like an export without a description: write data.yaml beside it, with `train` and `val` (folders of images, or text files with an image a line) and `names`, the lines of classes.txt in their order."
            : "";
    }

    private static bool IsDescription(string path) => Path.GetExtension(path).ToUpperInvariant() is ".YAML" or ".YML" || IsDarknet(path);

    private static bool IsDarknet(string path) => Path.GetExtension(path).Equals(".data", StringComparison.OrdinalIgnoreCase);
}
