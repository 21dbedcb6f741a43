namespace Cawb.Detection.Data.Loading;

/// <summary>Where decoded images are kept.</summary>
public enum ImageCacheKind
{
    /// <summary>All in memory.</summary>
    Memory,

    /// <summary>All in files beside the data set, which later runs find again.</summary>
    Disk,
}
