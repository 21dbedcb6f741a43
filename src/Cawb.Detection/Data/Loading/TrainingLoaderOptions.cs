using Cawb.Detection.Data.Augmentation;

namespace Cawb.Detection.Data.Loading;

/// <summary>How training images are loaded. Seed, sizes and augmentation decide what the batches are; the rest only how fast they come.</summary>
public sealed record TrainingLoaderOptions() : LoaderOptions(UsualCacheBytes)
{
    /// <summary>Memory for decoded images unless told otherwise: 1 GiB.</summary>
    public const long UsualCacheBytes = 1L << 30;

    /// <summary>Any number.</summary>
    public required ulong Seed { get; init; }

    /// <summary>How images are varied.</summary>
    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    public AugmentationOptions Augmentation
    {
        get;
        init => field = value.Problems() is [] ? value : throw new ArgumentException(string.Join(' ', value.Problems()), nameof(Augmentation));
    } = new();

    /// <summary>
    /// Whether images of like shape come together in batches that are only as large as they need, in a fixed order and without mosaics; otherwise every batch is square.
    /// </summary>
    public bool Rectangular { get; init; }

    /// <summary>In how many parts every batch is cut, 1 or more, as equal as whole images allow; a loader gives one of them.</summary>
    public int Parts
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Parts), value, "Must be 1 or more.");
    } = 1;

    /// <summary>Which part, 0 to <see cref="Parts"/> - 1; may be empty where a batch has fewer images than parts.</summary>
    public int Part { get; init; }
}
