namespace Cawb.Coco;

/// <summary>What can be wrong with the content of an instances file whose form is right.</summary>
public enum CocoProblemKind
{
    /// <summary>Error: two images have one id.</summary>
    DuplicateImageId,

    /// <summary>Error: two categories have one id.</summary>
    DuplicateCategoryId,

    /// <summary>Error: two annotations have one id.</summary>
    DuplicateAnnotationId,

    /// <summary>Error: an image of no width or no height.</summary>
    EmptyImage,

    /// <summary>Error: an annotation of an image that is not listed.</summary>
    UnknownImage,

    /// <summary>Error: an annotation of a category that is not listed.</summary>
    UnknownCategory,

    /// <summary>Error: a box of negative width or height.</summary>
    NegativeBox,

    /// <summary>Error: no part of the box lies in its image.</summary>
    BoxOutside,

    /// <summary>Warning: a box of width or height 0, as COCO's own files have a few; training leaves it out.</summary>
    EmptyBox,

    /// <summary>Warning: the box sticks out of its image by more than a pixel; training cuts it off.</summary>
    BoxSticksOut,

    /// <summary>Warning: the same box of the same category twice in one image; training keeps one.</summary>
    RepeatedBox,

    /// <summary>Warning: an annotation whose id is 0, which COCO's evaluation can never count as found.</summary>
    AnnotationIdZero,

    /// <summary>Warning: an area below 0, which COCO's evaluation leaves out.</summary>
    NegativeArea,

    /// <summary>Warning: two images have one file name.</summary>
    DuplicateFileName,

    /// <summary>Warning: two categories have one name.</summary>
    DuplicateCategoryName,

    /// <summary>Warning: an annotation without an area; width times height of its box stands in for it.</summary>
    MissingArea,
}
