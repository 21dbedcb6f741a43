namespace Cawb;

/// <summary>Which numbers a field allows, for the JSON Schema; the constructors check the same and more.</summary>
internal enum NumberRange
{
    Finite,
    NotNegative,
    Positive,
    Factor,

    /// <summary>A whole number, 0 or more.</summary>
    WholeNotNegative,

    /// <summary>A whole number, 1 or more.</summary>
    Count,
}
