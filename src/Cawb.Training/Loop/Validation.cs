using Cawb.Coco;
using Cawb.Detection.Data;
using Cawb.Detection.Data.Loading;
using Cawb.Detection.Inference;
using Cawb.Detection.Model;
using static TorchSharp.torch;

namespace Cawb.Training.Loop;

/// <summary>Finds objects in the validation pictures and compares them with the labels by COCO's rules.</summary>
public static class Validation
{
    /// <summary>Evaluates a network.</summary>
    /// <param name="model">Used in evaluation mode.</param>
    /// <param name="loader">Over the pictures of <paramref name="dataset"/>.</param>
    /// <param name="dataset">The pictures and their labels.</param>
    /// <param name="device">Where the network lies.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    public static CocoEvaluation Run(YoloModel model, ValidationLoader loader, DetectionDataset dataset, Device device, CancellationToken cancellation) =>
        CocoEvaluator.Evaluate(dataset.GroundTruth, Detect(model, loader, dataset, device, cancellation));

    /// <summary>Every detection on every picture, in pixels of the original pictures.</summary>
    /// <inheritdoc cref="Run" />
    public static CocoDetections Detect(YoloModel model, ValidationLoader loader, DetectionDataset dataset, Device device, CancellationToken cancellation) =>
        Detect(new Detector(model, SuppressionOptions.Validation), loader, dataset, device, cancellation);

    /// <summary>Every detection of a detector on every picture, in pixels of the original pictures.</summary>
    /// <param name="detector">One network or an ensemble.</param>
    /// <param name="loader">Over the pictures of <paramref name="dataset"/>.</param>
    /// <param name="dataset">The pictures and their labels.</param>
    /// <param name="device">Where the networks lie.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    public static CocoDetections Detect(Detector detector, ValidationLoader loader, DetectionDataset dataset, Device device, CancellationToken cancellation)
    {
        var detections = new CocoDetections();
        foreach (var batch in loader.Read(cancellation))
        {
            using var scope = NewDisposeScope();
            var found = detector.Detect(PixelTensor.From(batch.Pixels, batch.Count, batch.Height, batch.Width, device));
            for (var i = 0; i < found.Length; i++)
            {
                Add(detections, dataset, dataset.Images[batch.ImageIndices[i]].Id, found[i], batch.Mappings[i]);
            }
        }

        return detections;
    }

    private static void Add(CocoDetections detections, DetectionDataset dataset, long imageId, IReadOnlyList<DetectedBox> boxes, LetterboxMapping mapping)
    {
        foreach (var box in boxes)
        {
            var (left, top, right, bottom) = mapping.ToOriginal(box.Left, box.Top, box.Right, box.Bottom);
            detections.Add(new CocoDetection(imageId, dataset.CategoryIds[box.Class], new CocoBox(left, top, right - left, bottom - top), box.Score));
        }
    }
}
