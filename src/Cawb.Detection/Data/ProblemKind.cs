namespace Cawb.Detection.Data;

/// <summary>What can be wrong in a data set.</summary>
public enum ProblemKind
{
    /// <summary>A file that is missing, no image, cut off or not decodable.</summary>
    UnreadableImage,

    /// <summary>A file that is decoded, but not all of it.</summary>
    DamagedImage,

    /// <summary>The annotations state another size than the file has.</summary>
    WrongSize,

    /// <summary>A side below 10 pixels.</summary>
    TinyImage,

    /// <summary>One file or id twice.</summary>
    DuplicateImage,

    /// <summary>The same file in training and validation.</summary>
    SharedImage,

    /// <summary>An annotation of a picture that is not listed.</summary>
    UnknownImage,

    /// <summary>A class that the data set does not have.</summary>
    UnknownClass,

    /// <summary>A line that is no label.</summary>
    BrokenLabel,

    /// <summary>A box that leaves its picture by more than rounding explains.</summary>
    BoxOutside,

    /// <summary>A box that leaves its picture by a rounding error and is cut to it.</summary>
    BoxCut,

    /// <summary>A box without width or height; training leaves it out.</summary>
    EmptyBox,

    /// <summary>The same box and class twice in a picture; training takes it once.</summary>
    DuplicateBox,

    /// <summary>A picture without labels, a background.</summary>
    NoLabels,

    /// <summary>A class without a single label in the training part.</summary>
    UnusedClass,
}
