namespace Cawb.Detection.Images;

/// <summary>Three tables of 256 bytes that change hue, saturation and value of 8-bit pixels.</summary>
/// <remarks>
/// With a factor f each: hue <c>(i f) mod 180</c>, saturation and value <c>clip(i f, 0, 255)</c>, truncated to 8 bits; hue is 0 to 179 as in OpenCV.
/// </remarks>
internal sealed class HsvTables
{
    private readonly byte[] bytes = new byte[3 * 256];

    /// <summary>Hue, saturation, value: 3 x 256 bytes.</summary>
    internal ReadOnlySpan<byte> Bytes => bytes;

    internal ReadOnlySpan<byte> Hue => bytes.AsSpan(0, 256);

    internal ReadOnlySpan<byte> Saturation => bytes.AsSpan(256, 256);

    internal ReadOnlySpan<byte> Value => bytes.AsSpan(512, 256);

    internal void Set(double hueFactor, double saturationFactor, double valueFactor)
    {
        for (var i = 0; i < 256; i++)
        {
            bytes[i] = (byte)(i * hueFactor % 180);
            bytes[256 + i] = (byte)Math.Clamp(i * saturationFactor, 0, 255);
            bytes[512 + i] = (byte)Math.Clamp(i * valueFactor, 0, 255);
        }
    }
}
