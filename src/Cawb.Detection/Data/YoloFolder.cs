using Cawb.Coco;
using Cawb.Detection.Images;

namespace Cawb.Detection.Data;

/// <summary>Reads one part of a YOLO data set: images from folders and list files, labels from text files.</summary>
internal static class YoloFolder
{
    private const int MostListBytes = 128 << 20;

    internal static DetectionDataset Read(YoloDescription description, IReadOnlyList<string> places, string part, ProblemList problems, CancellationToken cancellation)
    {
        var paths = List(description, places, problems);
        RemoveRepetitions(paths, part, problems);
        if (paths.Count == 0)
        {
            throw new DatasetException(description.Path, $"`{part}` has no images ({string.Join(", ", places)}). Images end in {string.Join(", ", ImageFile.Extensions)}.{LabelsBeside(places)}");
        }

        var sizes = ImageHeaders.Read(paths, problems, cancellation);
        var images = new List<DatasetImage>(paths.Count);
        var labels = new YoloLabels(description.ClassNames.Count, problems);
        for (var i = 0; i < paths.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (sizes[i] is not { } size)
            {
                labels.Know(paths[i]);
                continue;
            }

            var boxes = labels.Of(paths[i], size);
            images.Add(new DatasetImage(paths[i], i + 1, size.Width, size.Height, size.Bytes, boxes));
            if (boxes.Length == 0)
            {
                problems.Add(ProblemKind.NoLabels, paths[i], "Has no labels: a background image.");
            }
        }

        labels.ReportOrphans(places.Where(Directory.Exists));
        PartLabels.Require(images, part, description.Path, labels.Why(paths[0]), problems);
        return new DetectionDataset(description.Path, part, images.AsReadOnly(), description.ClassNames, GroundTruth(images, description.ClassNames));
    }

    /// <summary>The image files of a part, repetitions included.</summary>
    internal static List<string> List(YoloDescription description, IReadOnlyList<string> places, ProblemList problems) =>
    [
        .. places.SelectMany(place => Directory.Exists(place)
            ? ImageFiles.Under(place, problems)
            : YoloPlaces.Lines(description, place, TextFile.Lines(place, MostListBytes), problems)),
    ];

    // A common slip: the folder of the labels where that of the images is meant.
    private static string LabelsBeside(IReadOnlyList<string> places) =>
        places.Any(place => Directory.Exists(place) && Directory.EnumerateFiles(place, "*.txt").Any()) ? " There are .txt files: name the folder of the images, not that of the labels." : "";

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
