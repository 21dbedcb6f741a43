using System.Globalization;

namespace Cawb.Detection.Data;

/// <summary>The label files of one part: reads them, and says which belong to no image, or to several.</summary>
/// <param name="classes">How many classes there are.</param>
/// <param name="problems">Is told what is wrong.</param>
internal sealed class YoloLabels(int classes, ProblemList problems)
{
    private readonly Dictionary<string, string> imageOf = new(StringComparer.Ordinal);
    private int found;

    /// <summary>The labels of an image.</summary>
    internal LabelBox[] Of(string image, ImageHeaders.FileSize size)
    {
        var path = Know(image);
        found += File.Exists(path) ? 1 : 0;
        return YoloLabelFile.Read(path, size, classes, problems);
    }

    /// <summary>Remembers an image, whose labels are not read.</summary>
    /// <returns>Where its labels are or would be.</returns>
    internal string Know(string image)
    {
        var path = YoloLabelFile.PathOf(image);
        if (!imageOf.TryAdd(path, image))
        {
            problems.Add(ProblemKind.SharedLabels, image, $"Has the label file of {imageOf[path]}, {path}: both get its boxes. Rename one of the images, and give it labels of its own.");
        }

        return path;
    }

    /// <summary>Reports label files in the folders that belong to image folders, of which no image is there.</summary>
    /// <param name="imageFolders">Wholly part of the data set; what a list names is a choice, and says nothing of the rest.</param>
    internal void ReportOrphans(IEnumerable<string> imageFolders)
    {
        foreach (var folder in imageFolders.Select(YoloLabelFile.Moved).Where(Directory.Exists))
        {
            foreach (var file in Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, MatchCasing = MatchCasing.CaseInsensitive, MaxRecursionDepth = 32 }))
            {
                if (Path.GetExtension(file).Equals(".txt", StringComparison.OrdinalIgnoreCase) && !imageOf.ContainsKey(file) && LooksLikeLabels(file))
                {
                    problems.Add(ProblemKind.LabelsWithoutImage, file, "Has labels, and no image of that name is there. Add the image or delete the file.");
                }
            }
        }
    }

    /// <summary>Why no image has a label.</summary>
    /// <param name="image">The first one.</param>
    internal string Why(string image)
    {
        var path = YoloLabelFile.PathOf(image);
        var beside = Path.ChangeExtension(image, ".txt");
        return found > 0 ? $"{Counted.Of(found, "label file is", "label files are")} there, without a box that can be used; that of the first image is {path}"
            : $"there is no label file; that of the first image would be {path}"
                + (beside != path && File.Exists(beside) ? $". {beside} is beside the image: label files belong into a folder `labels` beside `images`, with the same folders in it" : "");
    }

    // Lists of classes and notes are left between label files by many tools.
    private static bool LooksLikeLabels(string file)
    {
        using var reader = new StreamReader(file);
        var start = new char[200];
        var read = reader.ReadBlock(start);
        var words = new string(start, 0, read).Split('\n')[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length >= 5 && words.Take(5).All(word => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out _));
    }
}
