namespace Cawb.Detection.Data.Loading;

/// <summary>How images are loaded, for training and for validation. Sizes decide what the batches are; the rest only how fast they come.</summary>
public abstract record LoaderOptions
{
    private protected LoaderOptions(long cacheBytes) => CacheBytes = cacheBytes;

    /// <summary>Pixels of the long side, 32 to 8,192.</summary>
    public required int ImageSize
    {
        get;
        init => field = value is >= 32 and <= 8192 ? value : throw new ArgumentOutOfRangeException(nameof(ImageSize), value, "Must be between 32 and 8192 pixels.");
    }

    /// <summary>Images in a batch, 1 to 65,536; YOLOv5 takes twice as many for validation as for training.</summary>
    public required int BatchSize
    {
        get;
        init => field = value is >= 1 and <= 65536 ? value : throw new ArgumentOutOfRangeException(nameof(BatchSize), value, "Must be between 1 and 65536 images.");
    }

    /// <summary>Sides of rectangular batches are multiples of this many pixels; the largest stride of the network.</summary>
    public int Stride
    {
        get;
        init => field = value is >= 1 and <= 1024 ? value : throw new ArgumentOutOfRangeException(nameof(Stride), value, "Must be between 1 and 1024 pixels.");
    } = 32;

    /// <summary>Threads that load, 0 to 256; with 0 the consumer's own thread does, when it asks for a batch.</summary>
    public int Workers
    {
        get;
        init => field = value is >= 0 and <= 256 ? value : throw new ArgumentOutOfRangeException(nameof(Workers), value, "Must be between 0 and 256 threads.");
    } = 1;

    /// <summary>Batches that exist at once, the one in use included, 2 to 64. Bounds the memory.</summary>
    public int BatchesAhead
    {
        get;
        init => field = value is >= 2 and <= 64 ? value : throw new ArgumentOutOfRangeException(nameof(BatchesAhead), value, "Must be between 2 and 64 batches.");
    } = 3;

    /// <summary>Decoded images are kept in memory up to this many bytes, 0 or more; unless told, the kind's UsualCacheBytes.</summary>
    public long CacheBytes
    {
        get;
        init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(CacheBytes), value, "Must be 0 or more bytes.");
    }

    /// <summary>
    /// A file that keeps decoded images between runs, made when missing, out of date or damaged; its folder exists. Empty for none. Images that are kept in memory are not read from it.
    /// </summary>
    public string CacheFile { get; init; } = "";
}
