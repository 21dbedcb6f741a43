using Cawb.Detection.Data.Augmentation;
using Cawb.Detection.Data.Loading;
using Cawb.Detection.Images;
using Cawb.Detection.Model;
using static TorchSharp.torch;

namespace Cawb.Detection.Inference;

/// <summary>Finds objects on images of any size, one after another.</summary>
/// <remarks>
/// Each is letterboxed to the smallest rectangle of whole strides, small ones enlarged, as YOLOv5 does it. Images may be prepared on any threads; all else belongs on one.
/// </remarks>
/// <param name="model">The network; outlives this object.</param>
/// <param name="imageSize">Longer side of the network's input in pixels, a multiple of 32.</param>
/// <param name="options">What counts as a detection.</param>
/// <param name="clock">What times are taken from.</param>
public sealed class ImageDetector(YoloModel model, int imageSize, SuppressionOptions options, TimeProvider clock)
{
    private const int Stride = 32;

    private readonly Detector detector = new(model, options);

    /// <summary>Reads an image and brings it into the network's form.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ImageException">Not there, not readable, no image, or cut off.</exception>
    public PreparedImage Prepare(string path) => Prepare(ImageFile.Read(path));

    /// <summary>Brings an image into the network's form.</summary>
    public PreparedImage Prepare(Image image)
    {
        var start = clock.GetTimestamp();
        var box = Letterbox.FitMinimal(image.Width, image.Height, imageSize, imageSize, enlarge: true, Stride);
        var (width, height) = (box.InnerWidth + box.Left + box.Right, box.InnerHeight + box.Top + box.Bottom);
        var planes = GC.AllocateUninitializedArray<byte>(Image.BytesOf(width, height));
        var pixels = PixelRectangles.Letterboxed(image.Pixels, image.Width, image.Height, box, width, height, new SampleScratch());
        ColourPlanes.Write(pixels, width, height, tables: [], flipVertical: false, flipHorizontal: false, planes);
        var mapping = new LetterboxMapping(
            image.Width, image.Height, (double)box.InnerWidth / image.Width, (double)box.InnerHeight / image.Height, box.Left, box.Top);
        return new PreparedImage(image, planes, width, height, mapping, clock.GetElapsedTime(start));
    }

    /// <summary>Looks at an image.</summary>
    public DetectedImage Detect(PreparedImage input)
    {
        using var scope = NewDisposeScope();
        var start = clock.GetTimestamp();
        var images = PixelTensor.From(input.Planes, 1, input.Height, input.Width, model.Device);
        var prepared = clock.GetTimestamp();
        var decoded = detector.Forward(images);
        var computed = clock.GetTimestamp();
        DetectedBox[] boxes = [.. detector.Suppress(decoded)[0].Select(found => Original(found, input.Mapping))];
        var times = new DetectionTimes(input.Time + clock.GetElapsedTime(start, prepared), clock.GetElapsedTime(prepared, computed), clock.GetElapsedTime(computed));
        return new DetectedImage(input.Image, boxes, input.Width, input.Height, times);
    }

    private static DetectedBox Original(DetectedBox found, LetterboxMapping mapping)
    {
        var (left, top, right, bottom) = mapping.ToOriginal(found.Left, found.Top, found.Right, found.Bottom);
        return found with { Left = (float)left, Top = (float)top, Right = (float)right, Bottom = (float)bottom };
    }
}
