using System.Text;
using Cawb.Reports.Drawings;
using Cawb.Reports.Files;
using Image = Cawb.Detection.Images.Image;
using ImageFile = Cawb.Detection.Images.ImageFile;

namespace Cawb.Training.Pictures;

/// <summary>Writes pictures into a folder, each whole or not at all.</summary>
/// <param name="folder">Exists.</param>
public sealed class PictureFolder(string folder)
{
    private const int PixelsPerCssPixel = 2;
    private const int JpegQuality = 90;
    /// <summary>Of the files that pictures come as.</summary>
    public static IReadOnlyList<string> Endings { get; } = [".png", ".svg", ".jpg"];

    /// <summary>Writes a drawing as PNG, or as SVG where no font has its letters or Skia cannot be loaded.</summary>
    /// <param name="name">Without its ending.</param>
    /// <param name="drawing">What to write.</param>
    /// <exception cref="FileException">It cannot be written.</exception>
    public void Write(string name, Drawing drawing)
    {
        ArgumentNullException.ThrowIfNull(drawing);
        byte[] bytes;
        var file = name + ".png";
        try
        {
            bytes = drawing.ToPng(PixelsPerCssPixel);
        }
        catch (FileException)
        {
            (file, bytes) = (name + ".svg", Encoding.UTF8.GetBytes(drawing.ToSvg()));
        }

        AtomicFile.Write(Path.Combine(folder, file), stream => stream.Write(bytes));
    }

    /// <summary>Writes an image as JPEG.</summary>
    /// <param name="name">Without its ending.</param>
    /// <param name="image">What to write.</param>
    /// <exception cref="FileException">It cannot be written.</exception>
    public void Write(string name, Image image)
    {
        var bytes = ImageFile.EncodeJpeg(image, JpegQuality);
        AtomicFile.Write(Path.Combine(folder, name + ".jpg"), stream => stream.Write(bytes));
    }

    /// <summary>The file of a picture, whatever its ending; empty where there is none.</summary>
    /// <param name="name">Without its ending.</param>
    public string Find(string name) => Endings.Select(ending => name + ending).FirstOrDefault(file => File.Exists(Path.Combine(folder, file))) ?? "";
}
