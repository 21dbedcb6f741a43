using Cawb.Detection.Images;

namespace Cawb.Digits;

/// <summary>A square image under composition: three planes of doubles, 0 to 255, quantised once at the end.</summary>
/// <remarks>Only +, -, x, / and square roots touch the numbers: IEEE 754 fixes their results, so the bytes are the same on every machine.</remarks>
internal sealed class Canvas(int side)
{
    private readonly double[] values = new double[side * side * Image.Channels];

    internal int Side => side;

    /// <summary>Blue, green, red of a pixel; may be written.</summary>
    internal Span<double> this[int x, int y] => values.AsSpan((y * side + x) * Image.Channels, Image.Channels);

    /// <summary>Rec. 601 luminance, 0 to 255.</summary>
    internal static double Luminance(ReadOnlySpan<double> colour) => 0.114 * colour[0] + 0.587 * colour[1] + 0.299 * colour[2];

    internal void Paint(int x, int y, ReadOnlySpan<double> colour, double alpha)
    {
        var pixel = this[x, y];
        for (var c = 0; c < Image.Channels; c++)
        {
            pixel[c] += (colour[c] - pixel[c]) * alpha;
        }
    }

    internal Image ToImage()
    {
        var image = new Image(side, side);
        var pixels = image.Pixels;
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (byte)(int)Math.Clamp(values[i] + 0.5, 0, 255);
        }

        return image;
    }
}
