using Cawb.Coco.Files;

namespace Cawb.Coco.Checking;

/// <summary>Goes through a data set once and notes every problem.</summary>
internal sealed class DatasetCheck
{
    // Files round to hundredths of a pixel or to whole pixels; more than a pixel is no rounding.
    private const double RoundingPixels = 1;

    private readonly CocoDataset dataset;
    private readonly CocoCheck check = new();
    private readonly Dictionary<long, int> images = [];
    private readonly Dictionary<long, int> categories = [];

    private DatasetCheck(CocoDataset dataset) => this.dataset = dataset;

    public static CocoCheck Of(CocoDataset dataset)
    {
        var check = new DatasetCheck(dataset);
        check.CheckCategories();
        check.CheckImages();
        check.CheckAnnotations();
        return check.check;
    }

    private void CheckCategories()
    {
        var names = new Dictionary<string, long>(StringComparer.Ordinal);
        for (var i = 0; i < dataset.CategoryArray.Length; i++)
        {
            var category = dataset.CategoryArray[i];
            if (!categories.TryAdd(category.Id, i))
            {
                NoteCategory(
                    i,
                    CocoProblemKind.DuplicateCategoryId,
                    $"Category {category.Id} (\"{category.Name}\") has the id of \"{dataset.CategoryArray[categories[category.Id]].Name}\"; ids must differ.");
            }
            else if (!names.TryAdd(category.Name, category.Id))
            {
                NoteCategory(
                    i,
                    CocoProblemKind.DuplicateCategoryName,
                    $"Category {category.Id} has the name \"{category.Name}\" of category {names[category.Name]}.");
            }
        }
    }

    private void CheckImages()
    {
        var names = new Dictionary<string, long>(StringComparer.Ordinal);
        for (var i = 0; i < dataset.ImageArray.Length; i++)
        {
            var image = dataset.ImageArray[i];
            if (!images.TryAdd(image.Id, i))
            {
                NoteImage(
                    i,
                    CocoProblemKind.DuplicateImageId,
                    $"Image {image.Id} (\"{image.FileName}\") has the id of \"{dataset.ImageArray[images[image.Id]].FileName}\"; ids must differ.");
            }
            else if (image.FileName.Length > 0 && !names.TryAdd(image.FileName, image.Id))
            {
                NoteImage(
                    i,
                    CocoProblemKind.DuplicateFileName,
                    $"Image {image.Id} has the file name \"{image.FileName}\" of image {names[image.FileName]}.");
            }

            if (image.Width == 0 || image.Height == 0)
            {
                NoteImage(i, CocoProblemKind.EmptyImage, $"Image {image.Id} is {image.Width} x {image.Height} pixels; both must be 1 or more.");
            }
        }
    }

    private void CheckAnnotations()
    {
        var ids = new Dictionary<long, int>(dataset.AnnotationArray.Length);
        var boxes = new HashSet<(long, long, CocoBox, bool)>(dataset.AnnotationArray.Length);
        for (var i = 0; i < dataset.AnnotationArray.Length; i++)
        {
            var annotation = dataset.AnnotationArray[i];
            if (!ids.TryAdd(annotation.Id, i))
            {
                NoteAnnotation(
                    i,
                    CocoProblemKind.DuplicateAnnotationId,
                    $"Annotation {annotation.Id} has the id of annotations[{ids[annotation.Id]}]; ids must differ.");
            }
            else if (annotation.Id == 0)
            {
                NoteAnnotation(i, CocoProblemKind.AnnotationIdZero, $"Annotation 0 can never count as found by COCO's evaluation; count ids from 1.");
            }

            if (!categories.ContainsKey(annotation.CategoryId))
            {
                NoteAnnotation(
                    i,
                    CocoProblemKind.UnknownCategory,
                    $"Annotation {annotation.Id} has the category {annotation.CategoryId}, which the file does not list.");
            }

            if (dataset.Places.WithoutArea.BinarySearch(i) >= 0)
            {
                NoteAnnotation(i, CocoProblemKind.MissingArea, $"Annotation {annotation.Id} has no area; width times height of its box, {annotation.Area}, stands in for it.");
            }

            if (annotation.Area < 0)
            {
                NoteAnnotation(i, CocoProblemKind.NegativeArea, $"Annotation {annotation.Id} has the area {annotation.Area}; it must be 0 or more.");
            }

            CheckBox(i, annotation);
            if (!boxes.Add((annotation.ImageId, annotation.CategoryId, annotation.Box, annotation.IsCrowd)))
            {
                NoteAnnotation(
                    i,
                    CocoProblemKind.RepeatedBox,
                    $"Annotation {annotation.Id} repeats a box of category {annotation.CategoryId} in image {annotation.ImageId}.");
            }
        }
    }

    private void CheckBox(int index, CocoAnnotation annotation)
    {
        var box = annotation.Box;
        if (box.Width < 0 || box.Height < 0)
        {
            NoteAnnotation(index, CocoProblemKind.NegativeBox, $"{Text(annotation)}; width and height must not be negative.");
            return;
        }

        if (box.Width == 0 || box.Height == 0)
        {
            NoteAnnotation(index, CocoProblemKind.EmptyBox, $"{Text(annotation)}; width and height should be more than 0.");
        }

        if (!images.TryGetValue(annotation.ImageId, out var imageIndex))
        {
            NoteAnnotation(
                index,
                CocoProblemKind.UnknownImage,
                $"Annotation {annotation.Id} has the image {annotation.ImageId}, which the file does not list.");
            return;
        }

        var image = dataset.ImageArray[imageIndex];
        if (image.Width == 0 || image.Height == 0)
        {
            return;
        }

        var right = box.X + box.Width;
        var bottom = box.Y + box.Height;
        if (right < 0 || bottom < 0 || box.X > image.Width || box.Y > image.Height)
        {
            NoteAnnotation(index, CocoProblemKind.BoxOutside, $"{Text(annotation)}, which lies outside image {image.Id} of {image.Width} x {image.Height} pixels.");
        }
        else if (box.X < -RoundingPixels || box.Y < -RoundingPixels || right > image.Width + RoundingPixels || bottom > image.Height + RoundingPixels)
        {
            NoteAnnotation(index, CocoProblemKind.BoxSticksOut, $"{Text(annotation)}, which sticks out of image {image.Id} of {image.Width} x {image.Height} pixels.");
        }
    }

    private static string Text(CocoAnnotation annotation) =>
        FormattableString.Invariant(
            $"Annotation {annotation.Id} has the box [{annotation.Box.X}, {annotation.Box.Y}, {annotation.Box.Width}, {annotation.Box.Height}]");

    private void NoteCategory(int index, CocoProblemKind kind, FormattableString message) =>
        Note("categories", index, CocoDatasetPlaces.At(dataset.Places.Categories, index), kind, message);

    private void NoteImage(int index, CocoProblemKind kind, FormattableString message) =>
        Note("images", index, CocoDatasetPlaces.At(dataset.Places.Images, index), kind, message);

    private void NoteAnnotation(int index, CocoProblemKind kind, FormattableString message) =>
        Note("annotations", index, CocoDatasetPlaces.At(dataset.Places.Annotations, index), kind, message);

    private void Note(string list, int index, CocoPlace place, CocoProblemKind kind, FormattableString message) =>
        check.Add(new CocoProblem(kind, dataset.Path, place, FormattableString.Invariant($"$.{list}[{index}]"), FormattableString.Invariant(message)));
}
