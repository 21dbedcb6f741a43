using System.Globalization;
using Cawb.Detection.Data.Caching;
using Cawb.Detection.Images;

namespace Cawb.Detection.Data.Loading;

/// <summary>Where the decoded images of a training are kept, decided before it starts: whether all of them fit, and what is done if not.</summary>
/// <remarks>It changes how fast batches come and never a bit of them.</remarks>
public sealed record ImageCache
{
    private const double Spare = 1.1;
    private const string MemoryFile = "/proc/meminfo";

    /// <summary>Images are kept in memory as far as the loaders' usual budgets go.</summary>
    public static ImageCache Usual { get; } = new();

    /// <summary>What happens, with sizes: one sentence or two. Empty for <see cref="Usual"/>.</summary>
    public string Report { get; private init; } = "";

    /// <summary>Memory for training images; the loader's usual budget unless told.</summary>
    public long? TrainingBytes { get; private init; }

    /// <summary>Memory for validation images; the loader's usual budget unless told.</summary>
    public long? ValidationBytes { get; private init; }

    /// <summary>File of training images; empty for none.</summary>
    public string TrainingFile { get; private init; } = "";

    /// <summary>File of validation images; empty for none.</summary>
    public string ValidationFile { get; private init; } = "";

    /// <summary>Looks what all images need and what is free, a tenth to spare; where they do not fit, the usual budgets stay.</summary>
    /// <param name="data">The images.</param>
    /// <param name="imageSize">The training size: pixels of the long side.</param>
    /// <param name="kind">Where.</param>
    public static ImageCache Plan(DetectionData data, int imageSize, ImageCacheKind kind) => kind switch
    {
        ImageCacheKind.Memory => PlanMemory(BytesOf(data.Training, imageSize), BytesOf(data.Validation, imageSize), FreeMemory()),
        ImageCacheKind.Disk => PlanDisk(data, imageSize, folder => new DriveInfo(folder).AvailableFreeSpace),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Must be memory or disk."),
    };

    internal static ImageCache PlanMemory(long training, long validation, long free)
    {
        var sizes = $"Image cache in memory: needs {Text(training + validation)}, {Text(free)} free";
        return (training + validation) * Spare <= free
            ? new ImageCache { Report = $"{sizes}.", TrainingBytes = training, ValidationBytes = validation }
            : new ImageCache { Report = $"{sizes}: does not fit with a tenth to spare. Training goes on with the usual smaller one; --cache disk may fit." };
    }

    internal static ImageCache PlanDisk(DetectionData data, int imageSize, Func<string, long> freeBytes)
    {
        var folder = CacheFolder.Of(data.Training.Path);
        var (training, validation) = (FileOf(data.Training, imageSize), FileOf(data.Validation, imageSize));
        var needed = BytesToMake(training, data.Training, imageSize) + BytesToMake(validation, data.Validation, imageSize);
        try
        {
            Directory.CreateDirectory(folder);
            var free = freeBytes(folder);
            var sizes = needed == 0 ? $"Image cache on disk: there already, in {folder}" : $"Image cache on disk: needs {Text(needed)} in {folder}, {Text(free)} free";
            return needed == 0 || needed * Spare <= free
                ? new ImageCache { Report = $"{sizes}.", TrainingBytes = 0, ValidationBytes = 0, TrainingFile = training, ValidationFile = validation }
                : new ImageCache { Report = $"{sizes}: does not fit with a tenth to spare. Training goes on without it." };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new ImageCache { Report = $"Image cache on disk: {folder} cannot be written ({e.Message}). Training goes on without it." };
        }
    }

    /// <summary>Such as <c>1.2 GB</c>, by powers of 1,000.</summary>
    internal static string Text(long bytes) => bytes switch
    {
        >= 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.0} GB"),
        >= 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.0} kB"),
    };

    private static string FileOf(DetectionDataset dataset, int imageSize) =>
        CacheFolder.FileOf(dataset.Path, dataset.Part, string.Create(CultureInfo.InvariantCulture, $"{imageSize}.pixels"));

    private static long BytesToMake(string file, DetectionDataset dataset, int imageSize)
    {
        var needed = PixelFile.BytesFor(dataset, imageSize);
        return File.Exists(file) && new FileInfo(file).Length == needed ? 0 : needed;
    }

    private static long BytesOf(DetectionDataset dataset, int imageSize) => dataset.Images.Sum(image =>
    {
        var (width, height) = ImageStore.SizeOf(image, imageSize);
        return (long)Image.BytesOf(width, height);
    });

    // What the kernel could give without swapping, inside the limit that this process lives under.
    private static long FreeMemory()
    {
        var limit = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes - Environment.WorkingSet;
        if (!File.Exists(MemoryFile))
        {
            return limit;
        }

        var line = File.ReadLines(MemoryFile).FirstOrDefault(line => line.StartsWith("MemAvailable:", StringComparison.Ordinal));
        var words = line?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words is [_, var kibibytes, ..] && long.TryParse(kibibytes, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? Math.Max(0, Math.Min(limit, value * 1024))
            : limit;
    }
}
