using Cawb.Coco;
using Cawb.Detection.Data;
using Cawb.Detection.Data.Augmentation;
using Cawb.Detection.Data.Loading;
using Cawb.Detection.Inference;
using Cawb.Detection.Model;
using static TorchSharp.torch;

namespace Cawb.Detection.Evaluation;

/// <summary>Finds objects in labelled pictures and evaluates them by COCO's rules and by YOLOv5's own.</summary>
public static class FullValidation
{
    /// <summary>Evaluates a network.</summary>
    /// <param name="model">Used in evaluation mode.</param>
    /// <param name="loader">Over the pictures of <paramref name="dataset"/>.</param>
    /// <param name="dataset">The pictures and their labels; as many classes as the network has.</param>
    /// <param name="options">What counts as a detection.</param>
    /// <param name="observer">Is told of every batch.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="DatasetException">A picture cannot be read any more.</exception>
    public static ValidationOutcome Run(
        YoloModel model, ValidationLoader loader, DetectionDataset dataset, SuppressionOptions options, IValidationObserver observer, CancellationToken cancellation)
    {
        var detector = new Detector(model, options);
        var detections = new CocoDetections();
        var evaluator = new YoloEvaluator(dataset.ClassNames.Count);
        foreach (var batch in loader.Read(cancellation))
        {
            observer.Spent(ValidationStage.Loading);
            using var scope = NewDisposeScope();
            var decoded = detector.Forward(PixelTensor.From(batch.Pixels, batch.Count, batch.Height, batch.Width, model.Device));
            observer.Spent(ValidationStage.Forward);
            var found = detector.Suppress(decoded);
            var boxes = new PixelLabel[found.Length][];
            for (var i = 0; i < found.Length; i++)
            {
                boxes[i] = Original(found[i], batch.Mappings[i]);
            }

            observer.Spent(ValidationStage.Suppression);
            for (var i = 0; i < found.Length; i++)
            {
                Take(dataset, dataset.Images[batch.ImageIndices[i]], boxes[i], [.. found[i].Select(box => (double)box.Score)], detections, evaluator);
            }

            observer.Spent(ValidationStage.Evaluation);
            observer.Finished(found.Length);
        }

        var yolo = Task.Run(evaluator.Evaluate, CancellationToken.None);
        var coco = CocoEvaluator.Evaluate(dataset.GroundTruth, detections);
        var outcome = new ValidationOutcome(coco, yolo.GetAwaiter().GetResult(), detections);
        observer.Spent(ValidationStage.Evaluation);
        return outcome;
    }

    private static PixelLabel[] Original(IReadOnlyList<DetectedBox> found, LetterboxMapping mapping)
    {
        var boxes = new PixelLabel[found.Count];
        for (var i = 0; i < boxes.Length; i++)
        {
            var (left, top, right, bottom) = mapping.ToOriginal(found[i].Left, found[i].Top, found[i].Right, found[i].Bottom);
            boxes[i] = new PixelLabel(found[i].Class, left, top, right, bottom);
        }

        return boxes;
    }

    private static void Take(DetectionDataset dataset, DatasetImage image, PixelLabel[] boxes, double[] scores, CocoDetections detections, YoloEvaluator evaluator)
    {
        for (var i = 0; i < boxes.Length; i++)
        {
            var box = boxes[i];
            detections.Add(new CocoDetection(image.Id, dataset.CategoryIds[box.ClassIndex], new CocoBox(box.Left, box.Top, box.Width, box.Height), scores[i]));
        }

        evaluator.Add([.. image.Boxes.Select(label => PixelLabel.From(label, image.Width, image.Height, 0, 0))], boxes, scores);
    }
}
