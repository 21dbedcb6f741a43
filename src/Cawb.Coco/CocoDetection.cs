namespace Cawb.Coco;

/// <summary>One box that a detector found.</summary>
/// <remarks>The default value is an empty box of score 0, which is valid.</remarks>
public readonly record struct CocoDetection
{
    /// <summary>Describes a found box.</summary>
    /// <param name="imageId">The image.</param>
    /// <param name="categoryId">The class by its file id, not by its index.</param>
    /// <param name="box">Pixels of the original image.</param>
    /// <param name="score">Confidence; any finite number, only the order counts.</param>
    /// <exception cref="ArgumentException">The score is NaN or infinite.</exception>
    public CocoDetection(long imageId, long categoryId, CocoBox box, double score)
    {
        if (!double.IsFinite(score))
        {
            throw new ArgumentException(FormattableString.Invariant($"Must be a finite number; got {score}."), nameof(score));
        }

        ImageId = imageId;
        CategoryId = categoryId;
        Box = box;
        Score = score;
    }

    /// <summary>The <see cref="CocoImage.Id"/> of its image.</summary>
    public long ImageId { get; }

    /// <summary>The <see cref="CocoCategory.Id"/> of its class.</summary>
    public long CategoryId { get; }

    /// <summary>Pixels of the original image.</summary>
    public CocoBox Box { get; }

    /// <summary>Confidence; higher is surer.</summary>
    public double Score { get; }
}
