namespace Cawb.Reports.Charts;

/// <summary>Width and height of a drawn chart in CSS pixels.</summary>
public sealed record ChartSize
{
    /// <summary>A size that leaves room for axes and a legend.</summary>
    /// <param name="width">320 to 4000.</param>
    /// <param name="height">200 to 4000.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side is outside its range.</exception>
    public ChartSize(int width, int height)
    {
        if (width is < 320 or > 4000)
        {
            throw new ArgumentOutOfRangeException(nameof(width), $"A chart is 320 to 4000 pixels wide; got {width}.");
        }
        if (height is < 200 or > 4000)
        {
            throw new ArgumentOutOfRangeException(nameof(height), $"A chart is 200 to 4000 pixels high; got {height}.");
        }
        (Width, Height) = (width, height);
    }

    /// <summary>840 x 420: fills the column of a README without being scaled.</summary>
    public static ChartSize Readme { get; } = new(840, 420);

    /// <summary>Pixels.</summary>
    public int Width { get; }

    /// <summary>Pixels.</summary>
    public int Height { get; }
}
