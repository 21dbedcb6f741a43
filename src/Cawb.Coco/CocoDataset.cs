using Cawb.Coco.Checking;
using Cawb.Coco.Files;
using Cawb.Files;

namespace Cawb.Coco;

/// <summary>Images, the things labelled in them, and the classes of things: the content of an instances file.</summary>
/// <remarks>
/// Immutable. It may hold what a sound file would not (duplicate ids, annotations of unknown images): evaluation has rules for such
/// things, <see cref="Check"/> reports them, and <see cref="ReadForTraining"/> refuses those that would spoil a training.
/// </remarks>
public sealed class CocoDataset
{
    private readonly Dictionary<long, int> classIndices;
    private readonly Lazy<AnnotationsByImage> byImage;

    /// <summary>Takes copies of the three lists.</summary>
    /// <param name="images">The images.</param>
    /// <param name="annotations">The labelled things.</param>
    /// <param name="categories">The classes.</param>
    public CocoDataset(IEnumerable<CocoImage> images, IEnumerable<CocoAnnotation> annotations, IEnumerable<CocoCategory> categories)
        : this([.. images], [.. annotations], [.. categories], new CocoDatasetPlaces(""))
    {
    }

    internal CocoDataset(CocoImage[] images, CocoAnnotation[] annotations, CocoCategory[] categories, CocoDatasetPlaces places)
    {
        ImageArray = images;
        AnnotationArray = annotations;
        CategoryArray = categories;
        Places = places;
        Images = Array.AsReadOnly(images);
        Annotations = Array.AsReadOnly(annotations);
        Categories = Array.AsReadOnly(categories);
        var ids = Array.ConvertAll(categories, category => category.Id);
        Array.Sort(ids);
        classIndices = [];
        foreach (var id in ids)
        {
            classIndices.TryAdd(id, classIndices.Count);
        }

        byImage = new Lazy<AnnotationsByImage>(() => new AnnotationsByImage(annotations));
    }

    /// <summary>The file it came from; empty if none.</summary>
    public string Path => Places.Path;

    /// <summary>Whether the file names images or classes by texts, for which numbers stand here; results for it are read with <see cref="CocoDetections.Read(string, CocoDataset)"/>.</summary>
    public bool HasTextIds => Places.ImageIds is not null || Places.CategoryIds is not null;

    /// <summary>The images in file order.</summary>
    public IReadOnlyList<CocoImage> Images { get; }

    /// <summary>The labelled things in file order.</summary>
    public IReadOnlyList<CocoAnnotation> Annotations { get; }

    /// <summary>The classes in file order.</summary>
    public IReadOnlyList<CocoCategory> Categories { get; }

    /// <summary>The number of classes with different ids.</summary>
    public int ClassCount => classIndices.Count;

    internal CocoImage[] ImageArray { get; }

    internal CocoAnnotation[] AnnotationArray { get; }

    internal CocoCategory[] CategoryArray { get; }

    internal CocoDatasetPlaces Places { get; }

    /// <summary>Reads an instances file; unknown keys (info, licenses, segmentation, ...) are passed over.</summary>
    /// <remarks>
    /// An annotation needs <c>id</c>, <c>image_id</c>, <c>category_id</c> and <c>bbox</c>; <c>iscrowd</c> is 0 where missing, as for COCO's tool, and <c>area</c> width times height of
    /// the box, which <see cref="Check"/> reports.
    /// Ids are whole numbers, or texts throughout, as COCO's tool takes them: texts become the numbers from 1 in their order, which is the order in which that tool goes through them.
    /// The file is streamed: memory goes into the result, not into the text.
    /// </remarks>
    /// <param name="path">The file, of any size.</param>
    /// <param name="reading">What images and classes must say.</param>
    /// <returns>The content in file order.</returns>
    /// <exception cref="CocoFormatException">Not such a file; the message has the place and what was expected there.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static CocoDataset Read(string path, CocoReading reading = CocoReading.Complete)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, FileOptions.SequentialScan);
        return InstancesReader.Read(stream, path, reading);
    }

    /// <summary>Reads an instances file and refuses one whose content would spoil a training: duplicate ids, annotations of unknown images or
    /// categories, boxes of negative size or outside their images.</summary>
    /// <param name="path">The file, of any size.</param>
    /// <returns>The content in file order. It may have problems for which the trainer has a rule, such as boxes of size 0; see <see cref="Check"/>.</returns>
    /// <exception cref="CocoFormatException">Not such a file, or unfit for training; then the message has the first error and the counts of all.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static CocoDataset ReadForTraining(string path)
    {
        var dataset = Read(path);
        dataset.Check().ThrowIfUnfitForTraining();
        return dataset;
    }

    /// <summary>Looks for problems of the content: see <see cref="CocoProblemKind"/> for all of them.</summary>
    /// <returns>Counts, and examples with their places in the file.</returns>
    public CocoCheck Check() => DatasetCheck.Of(this);

    /// <summary>The annotations of one image, in file order; none for an unknown image.</summary>
    /// <param name="imageId">The <see cref="CocoImage.Id"/>.</param>
    /// <returns>A view of memory that this data set owns.</returns>
    public ReadOnlySpan<CocoAnnotation> AnnotationsOf(long imageId) => byImage.Value.Of(imageId);

    /// <summary>Where the annotations of one image stand in <see cref="Annotations"/>, in file order; none for an unknown image.</summary>
    /// <param name="imageId">The <see cref="CocoImage.Id"/>.</param>
    /// <returns>A view of memory that this data set owns.</returns>
    public ReadOnlySpan<int> AnnotationIndicesOf(long imageId) => byImage.Value.IndicesOf(imageId);

    /// <summary>Where an annotation stands in the file; no known place for a data set that came from none.</summary>
    /// <param name="index">In <see cref="Annotations"/>.</param>
    public CocoPlace PlaceOfAnnotation(int index) => CocoDatasetPlaces.At(Places.Annotations, index);

    /// <summary>Where an image stands in the file; no known place for a data set that came from none.</summary>
    /// <param name="index">In <see cref="Images"/>.</param>
    public CocoPlace PlaceOfImage(int index) => CocoDatasetPlaces.At(Places.Images, index);

    /// <summary>The class index of a category: its position by ascending id, so 0 to 79 for COCO's ids 1 to 90.</summary>
    /// <param name="categoryId">The <see cref="CocoCategory.Id"/>.</param>
    /// <returns>0 to <see cref="ClassCount"/> - 1.</returns>
    /// <exception cref="ArgumentException">No category has this id.</exception>
    public int ClassIndexOf(long categoryId) =>
        classIndices.TryGetValue(categoryId, out var index)
            ? index
            : throw new ArgumentException(FormattableString.Invariant($"No category has the id {categoryId}; there are {ClassCount}."), nameof(categoryId));

    /// <summary>The categories by class index, that is by ascending id; of several with one id, the last in the file.</summary>
    /// <returns>A new array of <see cref="ClassCount"/> elements.</returns>
    public CocoCategory[] ByClassIndex()
    {
        var sorted = new CocoCategory[ClassCount];
        foreach (var category in CategoryArray)
        {
            sorted[classIndices[category.Id]] = category;
        }

        return sorted;
    }

    /// <summary>Writes an instances file: the same content gives the same bytes; numbers are the shortest that read back equal.</summary>
    /// <remarks>Written under a temporary name, flushed to the disk and renamed. Keys that reading passed over are not there.</remarks>
    /// <param name="path">The file; its folder exists.</param>
    /// <exception cref="IOException">The file cannot be written; an older one is untouched.</exception>
    public void Write(string path) => WholeFile.Write(path, stream => CocoFileWriter.Write(stream, this));
}
