using Cawb.Detection.Images;

namespace Cawb.Detection.Inference;

/// <summary>An image and what was found on it.</summary>
/// <param name="Image">The image in its own size, turned as its EXIF data say.</param>
/// <param name="Boxes">In its pixels, best first, clipped to it.</param>
/// <param name="InputWidth">Pixels of the network's input.</param>
/// <param name="InputHeight">Pixels of the network's input.</param>
/// <param name="Times">How long it took.</param>
public sealed record DetectedImage(Image Image, IReadOnlyList<DetectedBox> Boxes, int InputWidth, int InputHeight, DetectionTimes Times);
