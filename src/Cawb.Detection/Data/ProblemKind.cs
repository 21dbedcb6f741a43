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

    /// <summary>The same image in training and validation, by its file or by its pixels.</summary>
    SharedImage,

    /// <summary>An annotation of an image that is not listed.</summary>
    UnknownImage,

    /// <summary>A class that the data set does not have.</summary>
    UnknownClass,

    /// <summary>A line that is no label.</summary>
    BrokenLabel,

    /// <summary>A box that leaves its image by more than rounding explains.</summary>
    BoxOutside,

    /// <summary>A box that leaves its image by a rounding error and is cut to it.</summary>
    BoxCut,

    /// <summary>A box without width or height; training leaves it out.</summary>
    EmptyBox,

    /// <summary>The same box and class twice in an image; training takes it once.</summary>
    DuplicateBox,

    /// <summary>An image without labels, a background.</summary>
    NoLabels,

    /// <summary>A class without a single label in the training part.</summary>
    UnusedClass,

    /// <summary>The training part has no labels at all.</summary>
    NoTrainingLabels,

    /// <summary>The validation part has no labels at all.</summary>
    NoValidationLabels,

    /// <summary>An annotation id that another has; training and validation number annotations themselves.</summary>
    RepeatedId,

    /// <summary>An annotation without an area; width times height of its box stands in for it.</summary>
    MissingArea,

    /// <summary>A crowd, which training leaves out.</summary>
    CrowdLeftOut,

    /// <summary>The pixels of another image of the same part, under another name.</summary>
    RepeatedImage,

    /// <summary>An image of a format that is not read.</summary>
    UnreadFormat,

    /// <summary>A file among the images that is none.</summary>
    UnknownFile,

    /// <summary>A label file whose image is not in the data set.</summary>
    LabelsWithoutImage,

    /// <summary>One label file for several images.</summary>
    SharedLabels,

    /// <summary>A polygon, of which the box around it is taken.</summary>
    PolygonAsBox,

    /// <summary>A place that is not where the description says.</summary>
    FoundElsewhere,

    /// <summary>Two classes with one name.</summary>
    RepeatedClassName,

    /// <summary>Two classes with one id.</summary>
    DuplicateClass,

    /// <summary>More than 8 bits per channel, of which the upper 8 are kept.</summary>
    DeepImage,

    /// <summary>A key of the description that nothing is done with.</summary>
    UnusedKey,
}
