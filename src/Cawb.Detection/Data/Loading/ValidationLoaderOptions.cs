namespace Cawb.Detection.Data.Loading;

/// <summary>How validation pictures are loaded.</summary>
public sealed record ValidationLoaderOptions() : LoaderOptions(UsualCacheBytes)
{
    /// <summary>Memory for decoded pictures unless told otherwise: 256 MiB.</summary>
    public const long UsualCacheBytes = 1L << 28;

    /// <summary>
    /// Whether pictures of like shape come together in batches that are only as large as they need (with a margin of half a stride to a whole one, as in YOLOv5); otherwise the
    /// pictures come in their own order, each square.
    /// </summary>
    public bool Rectangular { get; init; } = true;
}
