using Cawb.Detection.Images;
using Cawb.Detection.Pictures;
using Cawb.Reports.Files;

namespace Cawb.Cli.Detection;

/// <summary>The files that are written for each image.</summary>
internal sealed record DetectionOutputs
{
    /// <summary>Where they come; is there.</summary>
    public required string Folder { get; init; }

    /// <summary>Of the classes.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>Whether there is a text file for each image.</summary>
    public required bool HasText { get; init; }

    /// <summary>Draws the boxes; null where none are drawn.</summary>
    public required BoxPainter? Painter { get; init; }

    /// <summary>Takes what is cut out; null where nothing is.</summary>
    public required CropFolder? Crops { get; init; }

    /// <summary>Writes all of an image. The boxes are drawn into its pixels.</summary>
    public void Write(ImageFindings findings, Image image)
    {
        if (HasText)
        {
            var labels = Directory.CreateDirectory(Path.Combine(Folder, "labels")).FullName;
            AtomicFile.WriteText(Path.Combine(labels, findings.Name + ".txt"), findings.ToText());
        }

        Crops?.Write(image, findings.Boxes, findings.Name);
        if (Painter is not null)
        {
            Painter.Paint(image, findings.Boxes);
            var isJpeg = Path.GetExtension(findings.Path).ToUpperInvariant() is ".JPG" or ".JPEG";
            ImageFile.Write(Path.Combine(Folder, findings.Name + (isJpeg ? ".jpg" : ".png")), image);
        }
    }
}
