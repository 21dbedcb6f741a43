using Cawb.Detection.Data.Loading;
using Cawb.Detection.Images;

namespace Cawb.Detection.Inference;

/// <summary>An image, decoded and as the network takes it.</summary>
public sealed class PreparedImage
{
    internal PreparedImage(Image image, byte[] planes, int width, int height, LetterboxMapping mapping, TimeSpan time) =>
        (Image, Planes, Width, Height, Mapping, Time) = (image, planes, width, height, mapping, time);

    /// <summary>The image in its own size, turned as its EXIF data say.</summary>
    public Image Image { get; }

    internal byte[] Planes { get; }

    internal int Width { get; }

    internal int Height { get; }

    internal LetterboxMapping Mapping { get; }

    internal TimeSpan Time { get; }
}
