namespace Cawb;

/// <summary>What becomes of a field when the end of its schedule moves.</summary>
internal enum EndMove
{
    /// <summary>It stays as it is.</summary>
    Stays,

    /// <summary>It is the end, or the part that ends last, and moves with it.</summary>
    Follows,

    /// <summary>It keeps its share of the whole.</summary>
    Scales,

    /// <summary>Moments at or after the new end go.</summary>
    Drops,
}
