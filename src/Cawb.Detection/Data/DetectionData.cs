using Cawb.Detection.Data.Caching;

namespace Cawb.Detection.Data;

/// <summary>What a training needs: the images to learn from and those to validate on, with the same classes.</summary>
public sealed record DetectionData
{
    internal DetectionData(DetectionDataset training, DetectionDataset validation)
    {
        Training = training;
        Validation = validation;
    }

    /// <summary>The images to learn from.</summary>
    public DetectionDataset Training { get; }

    /// <summary>The images to validate on.</summary>
    public DetectionDataset Validation { get; }

    /// <summary>What was found that forbids no training but that a person should know, the worst first: boxes that were cut or left out, files that were passed over, for example.</summary>
    public IReadOnlyList<ProblemGroup> Findings { get; internal init; } = [];

    /// <summary>By class index.</summary>
    public IReadOnlyList<string> ClassNames => Training.ClassNames;

    /// <summary>
    /// Opens a folder with COCO annotations (<c>annotations/instances_train*.json</c> and <c>instances_val*.json</c>, or a folder for each part as labelling tools export it)
    /// or a YOLO description (<c>.yaml</c>, darknet's <c>.data</c>), reads all labels and the header of every image.
    /// </summary>
    /// <remarks>
    /// A part of 1,000 images or more is kept in <c>.cawb-cache</c> beside its description, under a hash of what it was made from, and taken from there as long as the description's
    /// text and the length and time of change of every file stay what they were.
    /// </remarks>
    /// <param name="path">The folder or the YAML file.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="DatasetException">The first problem that forbids training, and how many more there are; <see cref="DatasetCheck"/> lists them all.</exception>
    public static DetectionData Open(string path, CancellationToken cancellation) => Open(path, new LabelCache(LabelCache.DefaultFromImages), cancellation);

    internal static DetectionData Open(string path, LabelCache cache, CancellationToken cancellation)
    {
        var problems = new ProblemList();
        var data = DatasetSource.Open(path, problems, cache, cancellation);
        problems.ThrowFirstError(path);
        return data with { Findings = [.. problems.Groups.OrderByDescending(group => group.Severity)] };
    }
}
