using System.Globalization;
using Cawb.Coco;

namespace Cawb.Detection.Data;

/// <summary>Reads one part of a folder with COCO annotations.</summary>
internal static class CocoFolder
{
    internal const string AnnotationsFolder = "annotations";
    private const string Prefix = "instances_";

    /// <param name="folder">Has <see cref="AnnotationsFolder"/>.</param>
    /// <param name="part"><c>train</c> or <c>val</c>; the file may have more after it, such as <c>2017</c>.</param>
    /// <param name="problems">Gets what is wrong.</param>
    /// <param name="cancellation">Ends the reading.</param>
    internal static DetectionDataset Read(string folder, string part, ProblemList problems, CancellationToken cancellation)
    {
        var (annotations, images) = Locate(folder, part);
        return ReadFile(annotations, part, images, problems, cancellation);
    }

    /// <summary>The annotation file of a part, and the folder that its file names are relative to.</summary>
    internal static (string Annotations, string Images) Locate(string folder, string part)
    {
        var annotations = Path.Combine(folder, AnnotationsFolder);
        if (!Directory.Exists(annotations))
        {
            throw new DatasetException(folder, $"Is no COCO data set: it has no folder `{AnnotationsFolder}` with {Prefix}train*.json and {Prefix}val*.json.");
        }

        var files = Directory.EnumerateFiles(annotations, $"{Prefix}{part}*.json").Order(StringComparer.Ordinal).ToArray();
        return files.Length switch
        {
            1 => (files[0], ImageFolder(folder, Path.GetFileNameWithoutExtension(files[0])[Prefix.Length..])),
            0 => throw new DatasetException(annotations, $"Has no file {Prefix}{part}*.json; both a train and a val file are needed."),
            _ => throw new DatasetException(annotations, $"Has {files.Length} files {Prefix}{part}*.json; keep one: {string.Join(", ", files.Select(Path.GetFileName))}."),
        };
    }

    /// <summary>Reads an instances file that lists a picture and a category at least.</summary>
    internal static CocoDataset ReadAnnotations(string path)
    {
        try
        {
            var coco = CocoDataset.Read(path);
            return coco.Images.Count > 0 && coco.ClassCount > 0
                ? coco
                : throw new DatasetException(path, $"Lists {coco.Images.Count} images and {coco.ClassCount} categories; there must be one of each at least.");
        }
        catch (CocoFormatException e)
        {
            var place = e.Place.IsKnown ? $"At {e.Place} ({e.JsonPath}): " : "";
            throw new DatasetException(path, $"{place}{e.Problem} Correct the file there, or fetch or make it anew.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException(path, $"Cannot be read: {e.Message}", e);
        }
    }

    private static DetectionDataset ReadFile(string annotationsPath, string part, string imageFolder, ProblemList problems, CancellationToken cancellation)
    {
        var coco = ReadAnnotations(annotationsPath);
        var known = coco.Categories.Select(category => category.Id).ToHashSet();
        ReportStrays(coco, known, annotationsPath, problems);
        var paths = coco.Images.Select(image => Path.Combine(imageFolder, image.FileName)).ToArray();
        var sizes = ImageHeaders.Read(paths, problems, cancellation);
        var images = new List<DatasetImage>(paths.Length);
        var ids = new HashSet<long>();
        for (var i = 0; i < paths.Length; i++)
        {
            var entry = coco.Images[i];
            if (!ids.Add(entry.Id))
            {
                problems.Add(ProblemKind.DuplicateImage, annotationsPath, Invariant($"Image id {entry.Id} ({entry.FileName}){At(coco.PlaceOfImage(i))} is listed twice. Give each image an id of its own."));
            }
            else if (sizes[i] is { } size)
            {
                images.Add(new DatasetImage(paths[i], entry.Id, size.Width, size.Height, size.Bytes, Boxes(coco, known, i, size, annotationsPath, problems)));
                if (images[^1].Boxes.Count == 0)
                {
                    problems.Add(ProblemKind.NoLabels, paths[i], "Has no labels: a background picture.");
                }
            }
        }

        var names = coco.ByClassIndex().Select(category => category.Name).ToArray();
        return new DetectionDataset(annotationsPath, part, images.AsReadOnly(), Array.AsReadOnly(names), coco);
    }

    private static LabelBox[] Boxes(CocoDataset coco, HashSet<long> known, int image, ImageHeaders.FileSize size, string annotationsPath, ProblemList problems)
    {
        var entry = coco.Images[image];
        if (entry.Width != size.Width || entry.Height != size.Height)
        {
            problems.Add(
                ProblemKind.WrongSize, annotationsPath, Invariant($"Image id {entry.Id} ({entry.FileName}){At(coco.PlaceOfImage(image))} is listed with {entry.Width} x {entry.Height} pixels and has {size.Width} x {size.Height}. Correct the list or the file."));
        }

        var rules = new LabelRules(entry.Width, entry.Height, problems);
        foreach (var index in coco.AnnotationIndicesOf(entry.Id))
        {
            var annotation = coco.Annotations[index];
            if (annotation.IsCrowd || !known.Contains(annotation.CategoryId))
            {
                continue;
            }

            var box = annotation.Box;
            rules.Add(
                coco.ClassIndexOf(annotation.CategoryId), box.X, box.Y, box.X + box.Width, box.Y + box.Height, annotationsPath,
                Invariant($"Annotation id {annotation.Id} of image id {entry.Id} ({entry.FileName}){At(coco.PlaceOfAnnotation(index))}"));
        }

        return rules.Boxes;
    }

    private static void ReportStrays(CocoDataset coco, HashSet<long> known, string annotationsPath, ProblemList problems)
    {
        var imageIds = coco.Images.Select(image => image.Id).ToHashSet();
        for (var i = 0; i < coco.Annotations.Count; i++)
        {
            var annotation = coco.Annotations[i];
            if (!imageIds.Contains(annotation.ImageId))
            {
                problems.Add(ProblemKind.UnknownImage, annotationsPath, Invariant($"Annotation id {annotation.Id}{At(coco.PlaceOfAnnotation(i))} belongs to image id {annotation.ImageId}, which is not listed. List the image or delete the annotation."));
            }

            if (!known.Contains(annotation.CategoryId))
            {
                var ids = known.Order().ToArray();
                var listed = ids.Length <= 12 ? string.Join(", ", ids) : Invariant($"{ids.Length} ids from {ids[0]} to {ids[^1]}");
                problems.Add(ProblemKind.UnknownClass, annotationsPath, Invariant($"Annotation id {annotation.Id}{At(coco.PlaceOfAnnotation(i))} has category id {annotation.CategoryId}, which does not exist; the file has {listed}. Correct the id or list the category."));
            }
        }
    }

    private static string ImageFolder(string folder, string suffix)
    {
        string[] places = [Path.Combine(folder, "images", suffix), Path.Combine(folder, suffix), Path.Combine(folder, "images")];
        return Array.Find(places, Directory.Exists)
            ?? throw new DatasetException(folder, $"Has no image folder for {Prefix}{suffix}.json; looked for {string.Join(", ", places)}.");
    }

    private static string At(CocoPlace place) => place.IsKnown ? $" at {place}" : "";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
