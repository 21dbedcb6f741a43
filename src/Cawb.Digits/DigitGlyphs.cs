namespace Cawb.Digits;

/// <summary>Handwritten digits, 28 x 28 grey pixels each (0 paper, 255 ink), with their classes.</summary>
public sealed class DigitGlyphs
{
    /// <summary>Pixels on a side.</summary>
    public const int Side = 28;

    private readonly ReadOnlyMemory<byte> pixels;
    private readonly ReadOnlyMemory<byte> labels;

    internal DigitGlyphs(ReadOnlyMemory<byte> pixels, ReadOnlyMemory<byte> labels)
    {
        this.pixels = pixels;
        this.labels = labels;
    }

    /// <summary>How many there are.</summary>
    public int Count => labels.Length;

    /// <summary>The 784 pixels of one digit, row by row.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    public ReadOnlySpan<byte> Pixels(int index) => pixels.Span.Slice(index * Side * Side, Side * Side);

    /// <summary>Which digit it is, 0 to 9.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    public int Label(int index) => labels.Span[index];
}
