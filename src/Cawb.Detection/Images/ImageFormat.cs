namespace Cawb.Detection.Images;

/// <summary>The file formats that are read.</summary>
public enum ImageFormat
{
    /// <summary>JPEG, baseline or progressive.</summary>
    Jpeg,

    /// <summary>PNG; 16 bits are cut to 8, an alpha channel is left out.</summary>
    Png,

    /// <summary>WebP, lossy or lossless; of an animation nothing is read.</summary>
    WebP,

    /// <summary>Windows bitmap.</summary>
    Bmp,

    /// <summary>TIFF or BigTIFF of one page; 16 bits are cut to 8. Floating-point pixels are not read.</summary>
    Tiff,
}
