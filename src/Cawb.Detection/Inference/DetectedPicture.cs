using Cawb.Detection.Images;

namespace Cawb.Detection.Inference;

/// <summary>A picture and what was found on it.</summary>
/// <param name="Image">The picture in its own size, turned as its EXIF data say.</param>
/// <param name="Boxes">In its pixels, best first, clipped to it.</param>
/// <param name="InputWidth">Pixels of the network's input.</param>
/// <param name="InputHeight">Pixels of the network's input.</param>
/// <param name="Times">How long it took.</param>
public sealed record DetectedPicture(Image Image, IReadOnlyList<DetectedBox> Boxes, int InputWidth, int InputHeight, DetectionTimes Times);
