using System.Globalization;
using Cawb.Coco;

namespace Cawb.Detection.Data;

/// <summary>Reads one part of a folder with COCO annotations.</summary>
internal static class CocoFolder
{
    /// <param name="annotations">The file.</param>
    /// <param name="part"><c>train</c> or <c>val</c>.</param>
    /// <param name="problems">Gets what is wrong.</param>
    /// <param name="cancellation">Ends the reading.</param>
    internal static DetectionDataset Read(string annotations, string part, ProblemList problems, CancellationToken cancellation)
    {
        var coco = ReadAnnotations(annotations);
        var known = coco.Categories.Select(category => category.Id).ToHashSet();
        ReportContent(coco, problems);
        ReportStrays(coco, known, annotations, problems);
        var (folder, name) = CocoLayout.Images(coco, annotations, problems);
        string[] paths = [.. coco.Images.Select(image => Path.GetFullPath(Path.Combine(folder, name(image.FileName).Replace('\0', '\uFFFD'))))];
        var sizes = ImageHeaders.Read(paths, problems, cancellation);
        var images = new List<DatasetImage>(paths.Length);
        var ids = new HashSet<long>();
        var files = new Dictionary<string, long>(StringComparer.Ordinal);
        for (var i = 0; i < paths.Length; i++)
        {
            var entry = coco.Images[i];
            if (!ids.Add(entry.Id))
            {
                problems.Add(ProblemKind.DuplicateImage, annotations, Invariant($"Image id {entry.Id} ({entry.FileName}){At(coco.PlaceOfImage(i))} is listed twice. Give each image an id of its own."));
            }
            else if (!files.TryAdd(paths[i], entry.Id))
            {
                problems.Add(
                    ProblemKind.DuplicateImage, annotations,
                    Invariant($"Image id {entry.Id} ({entry.FileName}){At(coco.PlaceOfImage(i))} is the file of image id {files[paths[i]]}; each would count the other's boxes as background. Make one entry of them."));
            }
            else if (sizes[i] is { } size)
            {
                images.Add(new DatasetImage(paths[i], entry.Id, size.Width, size.Height, size.Bytes, Boxes(coco, known, i, size, annotations, problems)));
                if (images[^1].Boxes.Count == 0)
                {
                    problems.Add(ProblemKind.NoLabels, paths[i], "Has no labels: a background image.");
                }
            }
        }

        PartLabels.Require(images, part, annotations, Why(coco), problems);
        string[] names = [.. coco.ByClassIndex().Select(category => category.Name)];
        return new DetectionDataset(annotations, part, images.AsReadOnly(), Array.AsReadOnly(names), Numbered(coco));
    }

    /// <summary>Reads an instances file that lists an image and a category at least.</summary>
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

    // COCO's evaluation finds annotations by their ids: of several with one id it knows the last alone, and never one with the id 0. Those that nobody can be told by get ids of their own.
    private static CocoDataset Numbered(CocoDataset coco)
    {
        var ids = new HashSet<long>(coco.Annotations.Count);
        return !coco.HasTextIds && coco.Annotations.All(annotation => annotation.Id != 0 && ids.Add(annotation.Id))
            ? coco
            : new CocoDataset(
                coco.Images,
                coco.Annotations.Select((annotation, i) => new CocoAnnotation(i + 1, annotation.ImageId, annotation.CategoryId, annotation.Box, annotation.Area, annotation.IsCrowd)),
                coco.Categories);
    }

    // What is wrong with the file as COCO's tool sees it, as far as the labels do not say it themselves.
    private static void ReportContent(CocoDataset coco, ProblemList problems)
    {
        var check = coco.Check();
        foreach (var (theirs, ours, remedy) in (ReadOnlySpan<(CocoProblemKind, ProblemKind, string)>)
            [
                (CocoProblemKind.DuplicateAnnotationId, ProblemKind.RepeatedId, "COCO's tool would take the last of them for each; training and validation number annotations themselves. Number them from 1 on for other tools."),
                (CocoProblemKind.MissingArea, ProblemKind.MissingArea, "Small, medium and large objects are told apart by it."),
                (CocoProblemKind.DuplicateCategoryId, ProblemKind.DuplicateClass, "Give each category an id of its own."),
                (CocoProblemKind.DuplicateCategoryName, ProblemKind.RepeatedClassName, "The two are trained as different classes. Give them one id if they are one."),
            ])
        {
            if (check.Counts.TryGetValue(theirs, out var count))
            {
                DatasetProblem[] examples = [.. check.Examples.Where(problem => problem.Kind == theirs).Select(problem => new DatasetProblem(ours, coco.Path, $"{problem.Message} It stands at {problem.Place}. {remedy}"))];
                problems.Add([new ProblemGroup(ours, count, examples)]);
            }
        }
    }

    // Why no image has a label.
    private static string Why(CocoDataset coco)
    {
        var crowds = coco.Annotations.Count(annotation => annotation.IsCrowd);
        return coco.Annotations.Count == 0 ? "its list `annotations` is empty"
            : crowds == coco.Annotations.Count ? Invariant($"all {crowds} annotations are crowds (iscrowd 1), which training leaves out")
            : Invariant($"none of its {coco.Annotations.Count} annotations is a box that can be used");
    }

    private static LabelBox[] Boxes(CocoDataset coco, HashSet<long> known, int image, ImageHeaders.FileSize size, string annotationsPath, ProblemList problems)
    {
        var entry = coco.Images[image];
        if (entry.Width != size.Width || entry.Height != size.Height)
        {
            var isUnturned = size.IsTurned && entry.Width == size.Height && entry.Height == size.Width;
            var remedy = isUnturned
                ? ", because its EXIF data turn it by a quarter and the list was made without them, as the boxes were. Turn the pixels and delete the EXIF orientation, or export the annotations anew from a tool that minds it."
                : ". Correct the list or the file.";
            problems.Add(
                ProblemKind.WrongSize, annotationsPath,
                Invariant($"Image id {entry.Id} ({entry.FileName}){At(coco.PlaceOfImage(image))} is listed with {entry.Width} x {entry.Height} pixels and has {size.Width} x {size.Height}{remedy}"));
        }

        var rules = new LabelRules(entry.Width, entry.Height, problems);
        foreach (var index in coco.AnnotationIndicesOf(entry.Id))
        {
            var annotation = coco.Annotations[index];
            if (annotation.IsCrowd)
            {
                problems.Add(
                    ProblemKind.CrowdLeftOut, annotationsPath,
                    Invariant($"Annotation id {annotation.Id} of image id {entry.Id} ({entry.FileName}){At(coco.PlaceOfAnnotation(index))} is a crowd: training leaves it out, COCO's evaluation counts it neither for nor against."));
                continue;
            }

            if (!known.Contains(annotation.CategoryId))
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

    private static string At(CocoPlace place) => place.IsKnown ? $" at {place}" : "";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
