namespace Cawb.Coco;

/// <summary>One labelled thing in one image.</summary>
/// <remarks>The default value is an empty box of category 0 in image 0, which is valid.</remarks>
public readonly record struct CocoAnnotation
{
    /// <summary>Describes a labelled thing.</summary>
    /// <param name="id">Unique in the file. Count from 1: the reference evaluation can never match an annotation whose id is 0.</param>
    /// <param name="imageId">The image.</param>
    /// <param name="categoryId">The class.</param>
    /// <param name="box">Pixels of the original image.</param>
    /// <param name="area">Square pixels, by which small, medium and large are told apart; in COCO that of the mask, not of the box.</param>
    /// <param name="isCrowd">Whether the box surrounds a group that nobody separated.</param>
    /// <exception cref="ArgumentException">The area is NaN or infinite.</exception>
    public CocoAnnotation(long id, long imageId, long categoryId, CocoBox box, double area, bool isCrowd = false)
    {
        if (!double.IsFinite(area))
        {
            throw new ArgumentException(FormattableString.Invariant($"Must be a finite number of square pixels; got {area}."), nameof(area));
        }

        Id = id;
        ImageId = imageId;
        CategoryId = categoryId;
        Box = box;
        Area = area;
        IsCrowd = isCrowd;
    }

    /// <summary>Unique in a sound file.</summary>
    public long Id { get; }

    /// <summary>The <see cref="CocoImage.Id"/> of its image.</summary>
    public long ImageId { get; }

    /// <summary>The <see cref="CocoCategory.Id"/> of its class.</summary>
    public long CategoryId { get; }

    /// <summary>Pixels of the original image.</summary>
    public CocoBox Box { get; }

    /// <summary>Square pixels, as the file states it.</summary>
    public double Area { get; }

    /// <summary>Whether the box surrounds a group that nobody separated. Evaluation counts it neither for nor against; training leaves it out.</summary>
    public bool IsCrowd { get; }
}
