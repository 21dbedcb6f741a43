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
            if (Directory.Exists(Path.Combine(path, CocoFolder.AnnotationsFolder)))
            {
                return (ReadCoco(path, "train", problems, cache, cancellation), ReadCoco(path, "val", problems, cache, cancellation));
            }

            var descriptions = Directory.EnumerateFiles(path).Where(IsYaml).Order(StringComparer.Ordinal).ToArray();
            return descriptions.Length == 1
                ? ReadYolo(descriptions[0], problems, cache, cancellation)
                : throw new DatasetException(path, "Is no data set: it needs annotations/instances_train*.json and annotations/instances_val*.json (COCO), or exactly one YAML description (YOLO); "
                    + $"it has {(descriptions.Length == 0 ? "neither" : $"{descriptions.Length} YAML files: name one of them")}.");
        }

        if (!File.Exists(path))
        {
            throw new DatasetException(path, "There is no such file or folder. Give the folder of a COCO data set or the YAML file of a YOLO one; `cawb data digits` makes a data set to start with.");
        }

        return IsYaml(path)
            ? ReadYolo(path, problems, cache, cancellation)
            : throw new DatasetException(path, "Is no data set description: give the folder of a COCO data set or the .yaml file of a YOLO one.");
    }

    private static (DetectionDataset Training, DetectionDataset Validation) ReadYolo(string path, ProblemList problems, LabelCache cache, CancellationToken cancellation)
    {
        var description = YoloDescription.Read(path);
        return (Part("train", description.Training), Part("val", description.Validation));

        DetectionDataset Part(string part, IReadOnlyList<string> places) => cache.Open(
            new LabelSource(path, part, string.Join('\n', places), () => YoloFolder.List(description, places, part)),
            problems,
            own => YoloFolder.Read(description, places, part, own, cancellation));
    }

    private static DetectionDataset ReadCoco(string folder, string part, ProblemList problems, LabelCache cache, CancellationToken cancellation)
    {
        var (annotations, images) = CocoFolder.Locate(folder, part);
        return cache.Open(new LabelSource(annotations, part, Path.GetFullPath(images), ListFiles: null), problems, own => CocoFolder.Read(folder, part, own, cancellation));
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
                problems.Add(ProblemKind.SharedImage, image.Path, "Is in the training and in the validation part; the validation then says too much good. Take it out of one of them.");
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

    private static bool IsYaml(string path) => Path.GetExtension(path).ToUpperInvariant() is ".YAML" or ".YML";
}
