namespace Cawb.Detection.Data.Loading;

/// <summary>Letterboxed validation images with their labels; the memory is used again for later batches.</summary>
public sealed class ValidationBatch : LoadedBatch
{
    private readonly LetterboxMapping[] mappings;

    internal ValidationBatch(int capacity)
        : base(capacity) => mappings = new LetterboxMapping[capacity];

    /// <summary>For each image, the way back to its own pixels.</summary>
    public ReadOnlySpan<LetterboxMapping> Mappings => mappings.AsSpan(0, Count);

    internal void SetMapping(int sample, LetterboxMapping mapping) => mappings[sample] = mapping;
}
