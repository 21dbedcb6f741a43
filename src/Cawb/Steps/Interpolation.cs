namespace Cawb;

/// <summary>How a value gets from one listed level to the next.</summary>
public enum Interpolation
{
    /// <summary>A straight line.</summary>
    Linear,

    /// <summary>Half a cosine, level at both ends.</summary>
    Cosine,
}
