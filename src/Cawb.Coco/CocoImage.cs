namespace Cawb.Coco;

/// <summary>One image of an instances file.</summary>
public sealed record CocoImage
{
    /// <summary>Describes an image.</summary>
    /// <param name="id">What annotations and results refer to; any 64-bit number.</param>
    /// <param name="width">Pixels; 0 where unknown.</param>
    /// <param name="height">Pixels; 0 where unknown.</param>
    /// <param name="fileName">Path relative to the image folder; empty where unknown.</param>
    /// <exception cref="ArgumentOutOfRangeException">A negative size.</exception>
    public CocoImage(long id, int width, int height, string fileName)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(width);
        ArgumentOutOfRangeException.ThrowIfNegative(height);
        ArgumentNullException.ThrowIfNull(fileName);
        Id = id;
        Width = width;
        Height = height;
        FileName = fileName;
    }

    /// <summary>What annotations and results refer to.</summary>
    public long Id { get; }

    /// <summary>Pixels; 0 where the file does not say, which only <see cref="CocoReading.ForEvaluation"/> lets through.</summary>
    public int Width { get; }

    /// <summary>Pixels; 0 where the file does not say, which only <see cref="CocoReading.ForEvaluation"/> lets through.</summary>
    public int Height { get; }

    /// <summary>Path relative to the image folder; empty where the file does not say, which only <see cref="CocoReading.ForEvaluation"/> lets through.</summary>
    public string FileName { get; }
}
