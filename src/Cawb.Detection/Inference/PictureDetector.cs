using Cawb.Detection.Data.Augmentation;
using Cawb.Detection.Data.Loading;
using Cawb.Detection.Images;
using Cawb.Detection.Model;
using static TorchSharp.torch;

namespace Cawb.Detection.Inference;

/// <summary>Finds objects on pictures of any size, one after another.</summary>
/// <remarks>Each is letterboxed to the smallest rectangle of whole strides, small ones enlarged, as YOLOv5 does it. All calls belong on one thread.</remarks>
/// <param name="model">The network; outlives this object.</param>
/// <param name="imageSize">Longer side of the network's input in pixels, a multiple of 32.</param>
/// <param name="options">What counts as a detection.</param>
public sealed class PictureDetector(YoloModel model, int imageSize, SuppressionOptions options)
{
    private const int Stride = 32;

    private readonly Detector detector = new(model, options);
    private readonly SampleScratch scratch = new();
    private byte[] planes = [];

    /// <summary>Reads a picture and looks at it.</summary>
    /// <param name="path">JPEG, PNG, WebP or BMP.</param>
    /// <exception cref="ImageException">Not there, not readable, no image, or cut off.</exception>
    public DetectedPicture Detect(string path)
    {
        var image = ImageFile.Read(path);
        return new DetectedPicture(image, Detect(image));
    }

    /// <summary>Looks at a picture.</summary>
    /// <returns>Boxes in its pixels, best first, clipped to it.</returns>
    public IReadOnlyList<DetectedBox> Detect(Image image)
    {
        using var scope = NewDisposeScope();
        var box = Letterbox.FitMinimal(image.Width, image.Height, imageSize, imageSize, enlarge: true, Stride);
        var (width, height) = (box.InnerWidth + box.Left + box.Right, box.InnerHeight + box.Top + box.Bottom);
        if (planes.Length != Image.BytesOf(width, height))
        {
            planes = new byte[Image.BytesOf(width, height)];
        }

        var pixels = PixelRectangles.Letterboxed(image.Pixels, image.Width, image.Height, box, width, height, scratch);
        ColourPlanes.Write(pixels, width, height, tables: [], flipVertical: false, flipHorizontal: false, planes);
        var mapping = new LetterboxMapping(
            image.Width, image.Height, (double)box.InnerWidth / image.Width, (double)box.InnerHeight / image.Height, box.Left, box.Top);
        return [.. detector.Detect(PixelTensor.From(planes, 1, height, width, model.Device))[0].Select(found => Original(found, mapping))];
    }

    private static DetectedBox Original(DetectedBox found, LetterboxMapping mapping)
    {
        var (left, top, right, bottom) = mapping.ToOriginal(found.Left, found.Top, found.Right, found.Bottom);
        return found with { Left = (float)left, Top = (float)top, Right = (float)right, Bottom = (float)bottom };
    }
}
