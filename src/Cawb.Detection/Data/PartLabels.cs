
namespace Cawb.Detection.Data;

/// <summary>A part without a single label: nothing can be learned from it, and nothing measured on it.</summary>
internal static class PartLabels
{
    /// <param name="images">The usable images of the part.</param>
    /// <param name="part"><c>train</c> or <c>val</c>.</param>
    /// <param name="file">For the message.</param>
    /// <param name="why">Where labels were looked for and what was found, a clause.</param>
    /// <param name="problems">Is told.</param>
    internal static void Require(IReadOnlyList<DatasetImage> images, string part, string file, string why, ProblemList problems)
    {
        if (images.Count == 0 || images.Any(image => image.Boxes.Count > 0))
        {
            return;
        }

        var count = Counted.Of(images.Count, "image");
        if (part == "train")
        {
            problems.Add(ProblemKind.NoTrainingLabels, file, $"No label for the {count} of the part `train`: {why}. Nothing can be learned from them.");
        }
        else
        {
            problems.Add(ProblemKind.NoValidationLabels, file, $"No label for the {count} of the part `val`: {why}. AP is not defined without labels, and the weights of the last epoch count as the best.");
        }
    }
}
