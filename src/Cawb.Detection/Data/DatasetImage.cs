namespace Cawb.Detection.Data;

/// <summary>One image of a data set with its labels.</summary>
public sealed record DatasetImage
{
    internal DatasetImage(string path, long id, int width, int height, long fileBytes, LabelBox[] boxes)
    {
        Path = path;
        Id = id;
        Width = width;
        Height = height;
        FileBytes = fileBytes;
        Boxes = Array.AsReadOnly(boxes);
    }

    /// <summary>The image file.</summary>
    public string Path { get; }

    /// <summary>What result files call it: the id of the COCO file, else the position from 1.</summary>
    public long Id { get; }

    /// <summary>Pixels, after the rotation that the file's EXIF data ask for.</summary>
    public int Width { get; }

    /// <summary>Pixels, after the rotation that the file's EXIF data ask for.</summary>
    public int Height { get; }

    /// <summary>The length of the image file.</summary>
    public long FileBytes { get; }

    /// <summary>The labels that training uses; none for a background image.</summary>
    public IReadOnlyList<LabelBox> Boxes { get; }
}
