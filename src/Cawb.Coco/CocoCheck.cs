namespace Cawb.Coco;

/// <summary>What a check of a data set found.</summary>
public sealed class CocoCheck
{
    /// <summary>So many examples of each kind are kept; the rest is only counted.</summary>
    public const int ExamplesPerKind = 20;

    private readonly SortedDictionary<CocoProblemKind, int> counts = [];
    private readonly List<CocoProblem> examples = [];

    internal CocoCheck()
    {
    }

    /// <summary>How often each kind occurs; kinds that do not occur are not listed.</summary>
    public IReadOnlyDictionary<CocoProblemKind, int> Counts => counts;

    /// <summary>The first <see cref="ExamplesPerKind"/> of each kind, in the order in which the check met them: categories, images, annotations.</summary>
    public IReadOnlyList<CocoProblem> Examples => examples;

    /// <summary>How many problems spoil a training.</summary>
    public int ErrorCount { get; private set; }

    /// <summary>How many problems the trainer has a rule for.</summary>
    public int WarningCount { get; private set; }

    /// <summary>A kind in words, with its number: <c>3 annotations of unknown images</c>.</summary>
    /// <param name="kind">What is wrong.</param>
    /// <param name="count">How often.</param>
    /// <returns>The words.</returns>
    public static string Describe(CocoProblemKind kind, int count)
    {
        var (one, many) = kind switch
        {
            CocoProblemKind.DuplicateImageId => ("image with an id that another has", "images with ids that others have"),
            CocoProblemKind.DuplicateCategoryId => ("category with an id that another has", "categories with ids that others have"),
            CocoProblemKind.DuplicateAnnotationId => ("annotation with an id that another has", "annotations with ids that others have"),
            CocoProblemKind.EmptyImage => ("image of size 0", "images of size 0"),
            CocoProblemKind.UnknownImage => ("annotation of an unknown image", "annotations of unknown images"),
            CocoProblemKind.UnknownCategory => ("annotation of an unknown category", "annotations of unknown categories"),
            CocoProblemKind.NegativeBox => ("box of negative size", "boxes of negative size"),
            CocoProblemKind.BoxOutside => ("box outside its image", "boxes outside their images"),
            CocoProblemKind.EmptyBox => ("box of size 0", "boxes of size 0"),
            CocoProblemKind.BoxSticksOut => ("box that sticks out of its image", "boxes that stick out of their images"),
            CocoProblemKind.RepeatedBox => ("repeated box", "repeated boxes"),
            CocoProblemKind.AnnotationIdZero => ("annotation with the id 0", "annotations with the id 0"),
            CocoProblemKind.NegativeArea => ("negative area", "negative areas"),
            CocoProblemKind.DuplicateFileName => ("image with a file name that another has", "images with file names that others have"),
            CocoProblemKind.DuplicateCategoryName => ("category with a name that another has", "categories with names that others have"),
            CocoProblemKind.MissingArea => ("annotation without an area", "annotations without an area"),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of problem."),
        };
        return Counted.Of(count, one, many);
    }

    /// <summary>Throws if anything spoils a training: one paragraph with the first error, its place, and the counts of all.</summary>
    /// <exception cref="CocoFormatException">There is an error.</exception>
    public void ThrowIfUnfitForTraining()
    {
        if (ErrorCount == 0)
        {
            return;
        }

        var first = examples.First(problem => problem.IsError);
        var counts = this.counts
            .Where(count => count.Key <= CocoProblemKind.BoxOutside)
            .Select(count => Describe(count.Key, count.Value));
        throw new CocoFormatException(
            first.Path,
            first.Place,
            first.JsonPath,
            FormattableString.Invariant($"{first.Message} Correct this before training. In all the file has {string.Join(", ", counts)}."));
    }

    internal void Add(CocoProblem problem)
    {
        counts.TryGetValue(problem.Kind, out var count);
        counts[problem.Kind] = count + 1;
        if (count < ExamplesPerKind)
        {
            examples.Add(problem);
        }

        ErrorCount += problem.IsError ? 1 : 0;
        WarningCount += problem.IsError ? 0 : 1;
    }
}
