namespace Cawb.Detection.Data.Augmentation;

/// <summary>Where one of the four images of a mosaic goes: the rectangle of the canvas, and what of the image is seen there.</summary>
/// <remarks>The canvas has 2 S pixels on a side. Tile 0 has its bottom-right corner at the centre, 1 its bottom-left, 2 its top-right, 3 its top-left.</remarks>
/// <param name="Left">Canvas, first column.</param>
/// <param name="Top">Canvas, first row.</param>
/// <param name="Right">Canvas, column after the last.</param>
/// <param name="Bottom">Canvas, row after the last.</param>
/// <param name="SourceLeft">Column of the image that lies at <paramref name="Left"/>.</param>
/// <param name="SourceTop">Row of the image that lies at <paramref name="Top"/>.</param>
internal readonly record struct MosaicTile(int Left, int Top, int Right, int Bottom, int SourceLeft, int SourceTop)
{
    /// <summary>What is added to a column of the image to get the column of the canvas.</summary>
    internal int OffsetX => Left - SourceLeft;

    /// <summary>What is added to a row of the image to get the row of the canvas.</summary>
    internal int OffsetY => Top - SourceTop;

    internal static MosaicTile Place(int tile, int size, int centerX, int centerY, int width, int height)
    {
        var onLeft = tile is 0 or 2;
        var above = tile is 0 or 1;
        var left = onLeft ? Math.Max(centerX - width, 0) : centerX;
        var right = onLeft ? centerX : Math.Min(centerX + width, 2 * size);
        var top = above ? Math.Max(centerY - height, 0) : centerY;
        var bottom = above ? centerY : Math.Min(centerY + height, 2 * size);
        return new MosaicTile(left, top, right, bottom, onLeft ? width - (right - left) : 0, above ? height - (bottom - top) : 0);
    }
}
