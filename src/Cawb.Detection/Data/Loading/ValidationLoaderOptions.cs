namespace Cawb.Detection.Data.Loading;

/// <summary>How validation images are loaded.</summary>
public sealed record ValidationLoaderOptions() : LoaderOptions(UsualCacheBytes)
{
    /// <summary>Memory for decoded images unless told otherwise: 256 MiB.</summary>
    public const long UsualCacheBytes = 1L << 28;

    /// <summary>
    /// Whether images of like shape come together in batches that are only as large as they need (with a margin of half a stride to a whole one, as in YOLOv5); otherwise the
    /// images come in their own order, each square.
    /// </summary>
    public bool Rectangular { get; init; } = true;
}
