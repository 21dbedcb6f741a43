namespace Cawb.Foreign.Composer;

/// <summary>The shapes in which Composer goes from one multiplier to another.</summary>
internal enum ComposerShape
{
    /// <summary><c>from + share (to - from)</c>.</summary>
    Linear,

    /// <summary><c>to + (1 - to) (1 + cos(pi share)) / 2</c>.</summary>
    Cosine,

    /// <summary><c>to + (1 - to) (1 - share) ** power</c>.</summary>
    Polynomial,
}
