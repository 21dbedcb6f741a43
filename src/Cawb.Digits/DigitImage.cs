using Cawb.Detection.Images;

namespace Cawb.Digits;

/// <summary>One composed image and what is in it.</summary>
internal sealed record DigitImage(Image Image, IReadOnlyList<PlacedDigit> Digits, IReadOnlyList<PixelBox> Distractors);

/// <summary>A digit in an image.</summary>
/// <param name="Class">0 to 9.</param>
/// <param name="Box">Tight around the pixels whose ink covers at least <see cref="GlyphRenderer.InkThreshold"/>.</param>
/// <param name="Contrast">The smallest difference in luminance (0 to 255) between the digit's colour and any pixel of its box and a margin around it before it was painted.</param>
internal sealed record PlacedDigit(int Class, PixelBox Box, double Contrast);
