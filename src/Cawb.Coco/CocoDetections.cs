using Cawb.Coco.Files;
using Cawb.Files;

namespace Cawb.Coco;

/// <summary>The boxes that a detector found on a set of images, in the order in which they came.</summary>
/// <remarks>Filled image by image while a detector runs, or read from a result file. The order matters: of equal scores, the earlier counts first.</remarks>
public sealed class CocoDetections
{
    private readonly List<CocoPlace> places = [];

    /// <summary>Starts empty.</summary>
    public CocoDetections()
        : this("")
    {
    }

    internal CocoDetections(string path) => Path = path;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>The file they came from; empty if none.</summary>
    public string Path { get; }

    /// <summary>One of them.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> - 1, in the order of adding.</param>
    public CocoDetection this[int index] => Items.AsSpan(0, Count)[index];

    internal CocoDetection[] Items { get; private set; } = [];

    /// <summary>Reads a result file: a list of <c>{"image_id", "category_id", "bbox", "score"}</c>; other keys are passed over. An empty list is a result.</summary>
    /// <param name="path">The file, of any size.</param>
    /// <returns>The detections in file order.</returns>
    /// <exception cref="CocoFormatException">Not such a file; the message has the place and what was expected there.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static CocoDetections Read(string path) => Read(path, null, null);

    /// <summary>Reads a result file for a ground truth, whose ids may be texts.</summary>
    /// <param name="path">The file, of any size.</param>
    /// <param name="groundTruth">What the ids refer to.</param>
    /// <returns>The detections in file order.</returns>
    /// <exception cref="CocoFormatException">Not such a file, or a text that names no image of the ground truth; the message has the place and what was expected there.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static CocoDetections Read(string path, CocoDataset groundTruth)
    {
        ArgumentNullException.ThrowIfNull(groundTruth);
        return Read(path, groundTruth.Places.ImageIds, groundTruth.Places.CategoryIds);
    }

    /// <summary>Adds one box.</summary>
    /// <param name="detection">The box, its image, class and score.</param>
    public void Add(CocoDetection detection)
    {
        Reserve(1);
        Items[Count++] = detection;
    }

    /// <summary>Adds what was found on one image.</summary>
    /// <param name="imageId">The image.</param>
    /// <param name="categoryIds">(N) classes by their file ids, not by their indices.</param>
    /// <param name="boxes">(N) pixels of the original image.</param>
    /// <param name="scores">(N) confidences, finite.</param>
    /// <exception cref="ArgumentException">Lengths differ, or a score is NaN or infinite; then nothing was added.</exception>
    public void Add(long imageId, ReadOnlySpan<long> categoryIds, ReadOnlySpan<CocoBox> boxes, ReadOnlySpan<double> scores)
    {
        if (categoryIds.Length != boxes.Length || scores.Length != boxes.Length)
        {
            throw new ArgumentException(
                $"Classes, boxes and scores of an image come in equal numbers; got {categoryIds.Length}, {boxes.Length} and {scores.Length}.",
                nameof(boxes));
        }

        Reserve(boxes.Length);
        for (var i = 0; i < boxes.Length; i++)
        {
            Items[Count + i] = new CocoDetection(imageId, categoryIds[i], boxes[i], scores[i]);
        }

        Count += boxes.Length;
    }

    /// <summary>Forgets all of them and keeps the memory, for the next epoch.</summary>
    public void Clear()
    {
        Count = 0;
        places.Clear();
    }

    /// <summary>Writes a result file: the same detections give the same bytes; numbers are the shortest that read back equal.</summary>
    /// <remarks>Written under a temporary name, flushed to the disk and renamed, so that no reader ever sees half of it.</remarks>
    /// <param name="path">The file; its folder exists.</param>
    /// <exception cref="IOException">The file cannot be written; an older one is untouched.</exception>
    public void Write(string path) => WholeFile.Write(path, stream => CocoFileWriter.Write(stream, this));

    internal void Add(CocoDetection detection, CocoPlace place)
    {
        Add(detection);
        places.Add(place);
    }

    internal CocoPlace PlaceOf(int index) => CocoDatasetPlaces.At(places, index);

    private static CocoDetections Read(string path, IReadOnlyDictionary<string, long>? imageIds, IReadOnlyDictionary<string, long>? categoryIds)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, FileOptions.SequentialScan);
        if (stream.CanSeek && imageIds is null && categoryIds is null)
        {
            if (PlainResultReader.TryRead(stream, path, out var detections))
            {
                return detections;
            }

            stream.Position = 0;
        }

        return ResultReader.Read(stream, path, imageIds, categoryIds);
    }

    private void Reserve(int more)
    {
        var needed = checked(Count + more);
        if (needed > Items.Length)
        {
            var larger = new CocoDetection[Math.Max(needed, Math.Max(256, (int)Math.Min(Array.MaxLength, 2L * Items.Length)))];
            Items.AsSpan(0, Count).CopyTo(larger);
            Items = larger;
        }
    }
}
