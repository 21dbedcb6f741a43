namespace Cawb.Digits;

/// <summary>A rectangle of whole pixels: columns <paramref name="Left"/> to <paramref name="Right"/> - 1, rows <paramref name="Top"/> to <paramref name="Bottom"/> - 1.</summary>
/// <remarks>The default value is empty, which is valid.</remarks>
internal readonly record struct PixelBox(int Left, int Top, int Right, int Bottom)
{
    internal int Width => Right - Left;

    internal int Height => Bottom - Top;

    internal int Area => Width * Height;

    internal int LongSide => Math.Max(Width, Height);

    internal PixelBox Shifted(int x, int y) => new(Left + x, Top + y, Right + x, Bottom + y);

    internal PixelBox Grown(int by) => new(Left - by, Top - by, Right + by, Bottom + by);

    internal bool Inside(int side) => Left >= 0 && Top >= 0 && Right <= side && Bottom <= side;

    internal int IntersectionArea(PixelBox other) =>
        Math.Max(0, Math.Min(Right, other.Right) - Math.Max(Left, other.Left)) * Math.Max(0, Math.Min(Bottom, other.Bottom) - Math.Max(Top, other.Top));

    /// <summary>The intersection as a share of the smaller of the two areas, 0 to 1.</summary>
    internal double OverlapOfSmaller(PixelBox other) => (double)IntersectionArea(other) / Math.Min(Area, other.Area);
}
