namespace Cawb;

/// <summary>How a schedule is written.</summary>
internal enum TextLayout
{
    /// <summary>For files: indented, defaults left out.</summary>
    Indented,

    /// <summary>One line, defaults left out.</summary>
    Canonical,

    /// <summary>Like the canonical text, with delegates and types of other assemblies represented by name; for fingerprints and messages.</summary>
    Description,
}
