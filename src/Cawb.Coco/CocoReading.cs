namespace Cawb.Coco;

/// <summary>What an instances file must say about its images and classes.</summary>
public enum CocoReading
{
    /// <summary>Images need <c>width</c>, <c>height</c> and <c>file_name</c>, classes a <c>name</c>.</summary>
    Complete,

    /// <summary>The ids are enough, as for COCO's own tool.</summary>
    ForEvaluation,
}
