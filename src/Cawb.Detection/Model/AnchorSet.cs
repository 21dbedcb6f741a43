namespace Cawb.Detection.Model;

/// <summary>The nine reference box sizes of the three output levels, in pixels of the network's input.</summary>
public sealed class AnchorSet
{
    /// <summary>Output levels of the network.</summary>
    public const int Levels = 3;

    /// <summary>Anchors of a level.</summary>
    public const int PerLevel = 3;

    private readonly double[] sizes;

    /// <summary>Pixels of the input per cell, level by level: 8, 16, 32.</summary>
    public static IReadOnlyList<int> Strides { get; } = [8, 16, 32];

    /// <summary>The anchors that YOLOv5 found on COCO at 640 pixels. They do not rescale with the image size.</summary>
    public static AnchorSet Coco { get; } = FromPixels(
        [10, 13, 16, 30, 33, 23, 30, 61, 62, 45, 59, 119, 116, 90, 156, 198, 373, 326]);

    private AnchorSet(double[] sizes) => this.sizes = sizes;

    /// <summary>Anchors from 18 numbers: width and height of three anchors for each of three levels, in pixels.</summary>
    /// <exception cref="ArgumentException">Not 18 numbers, or one that is not finite and above 0.</exception>
    public static AnchorSet FromPixels(IEnumerable<double> widthsAndHeights)
    {
        double[] sizes = [.. widthsAndHeights];
        if (sizes.Length != Levels * PerLevel * 2)
        {
            throw new ArgumentException(
                $"Anchors are {Levels * PerLevel * 2} numbers (width and height of {PerLevel} anchors on {Levels} levels); got {sizes.Length}.", nameof(widthsAndHeights));
        }

        var bad = Array.FindIndex(sizes, size => !(size > 0 && double.IsFinite(size)));
        return bad < 0
            ? new AnchorSet(sizes)
            : throw new ArgumentException(FormattableString.Invariant($"Anchor number {bad + 1} is {sizes[bad]}; it must be finite and above 0."), nameof(widthsAndHeights));
    }

    /// <summary>Width and height of an anchor in pixels of the input.</summary>
    public (double Width, double Height) Pixels(int level, int anchor)
    {
        var at = ((level * PerLevel) + anchor) * 2;
        return (sizes[at], sizes[at + 1]);
    }

    /// <summary>All nine sizes in pixels of the input, finest level first.</summary>
    public IReadOnlyList<(double Width, double Height)> ToPixels() =>
        [.. Enumerable.Range(0, Levels * PerLevel).Select(at => Pixels(at / PerLevel, at % PerLevel))];

    /// <summary>Width and height of an anchor in cells of its level.</summary>
    public (double Width, double Height) Cells(int level, int anchor)
    {
        var (width, height) = Pixels(level, anchor);
        return (width / Strides[level], height / Strides[level]);
    }
}
