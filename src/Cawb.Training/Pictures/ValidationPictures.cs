using Cawb.Coco;
using Cawb.Detection.Data;
using Cawb.Detection.Data.Loading;
using Cawb.Detection.Evaluation;
using Cawb.Detection.Images;
using Cawb.Detection.Inference;
using Cawb.Detection.Pictures;
using Cawb.Reports.Files;

namespace Cawb.Training.Pictures;

/// <summary>What a validation leaves to look at: its first batches with labels and with what was found, the curves over confidence, and the confusion matrix.</summary>
public static class ValidationPictures
{
    /// <summary>The lowest score in the confusion matrix of a training.</summary>
    public const double ConfusionScore = 0.25;

    /// <summary>A batch with its labels, and with what was found, each with its name; none if it is not one of the first.</summary>
    /// <param name="batch">Its images and labels; valid during the call.</param>
    /// <param name="found">For each image, best first, in pixels of the batch.</param>
    /// <param name="dataset">That is validated on.</param>
    /// <param name="hasLabels">Whether the labels are drawn, which never change.</param>
    public static IReadOnlyList<(string Name, Image Image)> Of(ValidationBatch batch, IReadOnlyList<DetectedBox>[] found, DetectionDataset dataset, bool hasLabels)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return batch.Index >= PictureNames.Batches
            ? []
            :
            [
                .. hasLabels ? [(PictureNames.ValidationLabels(batch.Index), BatchPicture.OfLabels(batch, dataset))] : Array.Empty<(string, Image)>(),
                (PictureNames.ValidationFound(batch.Index), BatchPicture.OfDetections(batch, found, dataset)),
            ];
    }

    /// <summary>Writes batches, curves and confusion matrix.</summary>
    /// <param name="folder">Takes them.</param>
    /// <param name="batches">From <see cref="Of"/>.</param>
    /// <param name="yolo">Has the curves.</param>
    /// <param name="confusion">Has the counts.</param>
    /// <param name="confusionScore">The lowest score that they count.</param>
    /// <param name="names">Of the classes.</param>
    /// <param name="what">Whose they are, to follow titles; may be empty.</param>
    /// <exception cref="FileException">A picture cannot be written.</exception>
    public static void Write(
        PictureFolder folder, IEnumerable<(string Name, Image Image)> batches, YoloEvaluation yolo, CocoConfusionMatrix confusion, double confusionScore, IReadOnlyList<string> names, string what)
    {
        ArgumentNullException.ThrowIfNull(folder);
        foreach (var (name, image) in batches)
        {
            folder.Write(name, image);
        }

        foreach (var (name, drawing) in ConfidenceCurves.Of(yolo, names, what))
        {
            folder.Write(name, drawing);
        }

        folder.Write(PictureNames.Confusion, ConfusionPicture.Of(confusion, $"Confusion matrix{what}", confusionScore));
    }
}
