namespace Cawb.Detection.Images;

/// <summary>From interleaved blue-green-red pixels to the three planes red, green, blue that a network takes.</summary>
internal static class ColourPlanes
{
    /// <param name="pixels">height x width x 3, blue first.</param>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="tables">3 x 256 bytes of <see cref="HsvTables"/>, or empty: the colours stay.</param>
    /// <param name="flipVertical">Top and bottom change places.</param>
    /// <param name="flipHorizontal">Left and right change places.</param>
    /// <param name="planes">3 x height x width, red first.</param>
    internal static unsafe void Write(
        ReadOnlySpan<byte> pixels, int width, int height, ReadOnlySpan<byte> tables, bool flipVertical, bool flipHorizontal, Span<byte> planes)
    {
        var bytes = Image.BytesOf(width, height);
        if (pixels.Length < bytes || planes.Length < bytes || (!tables.IsEmpty && tables.Length != 768))
        {
            throw new ArgumentException("A buffer does not fit its picture.", nameof(planes));
        }

        fixed (byte* table = tables)
        {
            NativeVision.Require(NativeVision.Planes(
                in pixels[0], width, height, table, flipVertical ? 1 : 0, flipHorizontal ? 1 : 0, ref planes[0]));
        }
    }
}
