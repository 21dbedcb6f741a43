using Cawb.Coco;
using Cawb.Detection.Data;
using Cawb.Detection.Data.Augmentation;
using Cawb.Detection.Data.Loading;
using Cawb.Detection.Inference;
using Cawb.Detection.Model;
using static TorchSharp.torch;

namespace Cawb.Detection.Evaluation;

/// <summary>Finds objects in labelled images and evaluates them by COCO's rules, and by YOLOv5's own where asked to.</summary>
public static class Validation
{
    /// <summary>Evaluates by COCO's rules alone.</summary>
    /// <param name="detector">One network or an ensemble.</param>
    /// <param name="loader">Over the images of <paramref name="dataset"/>.</param>
    /// <param name="dataset">The images and their labels; as many classes as the network has.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="DatasetException">An image cannot be read any more.</exception>
    public static CocoEvaluation Run(Detector detector, ValidationLoader loader, DetectionDataset dataset, CancellationToken cancellation) =>
        CocoEvaluator.Evaluate(dataset.GroundTruth, Detect(detector, loader, dataset, null, (_, _, _) => { }, cancellation));

    /// <summary>Evaluates by COCO's rules and by YOLOv5's own, as a training does after each epoch.</summary>
    /// <param name="detector">One network or an ensemble.</param>
    /// <param name="loader">Over the images of <paramref name="dataset"/>.</param>
    /// <param name="dataset">The images and their labels; as many classes as the network has.</param>
    /// <param name="observer">Is told of every batch.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="DatasetException">An image cannot be read any more.</exception>
    public static ValidationOutcome RunFully(Detector detector, ValidationLoader loader, DetectionDataset dataset, IValidationObserver observer, CancellationToken cancellation)
    {
        var evaluator = new YoloEvaluator(dataset.ClassNames.Count);
        var detections = Detect(
            detector,
            loader,
            dataset,
            observer,
            (image, boxes, scores) => evaluator.Add([.. image.Boxes.Select(label => PixelLabel.From(label, image.Width, image.Height, 0, 0))], boxes, scores),
            cancellation);
        var yolo = Task.Run(evaluator.Evaluate, CancellationToken.None);
        var coco = CocoEvaluator.Evaluate(dataset.GroundTruth, detections);
        var outcome = new ValidationOutcome(coco, yolo.GetAwaiter().GetResult(), detections);
        observer.Spent(ValidationStage.Evaluation);
        return outcome;
    }

    // Every detection on every image, in pixels of the original images.
    private static CocoDetections Detect(
        Detector detector, ValidationLoader loader, DetectionDataset dataset, IValidationObserver? observer, Action<DatasetImage, PixelLabel[], double[]> each,
        CancellationToken cancellation)
    {
        var detections = new CocoDetections();
        foreach (var batch in loader.Read(cancellation))
        {
            observer?.BeforeBatch();
            cancellation.ThrowIfCancellationRequested();
            observer?.Spent(ValidationStage.Loading);
            using var scope = NewDisposeScope();
            var decoded = detector.Forward(PixelTensor.From(batch.Pixels, batch.Count, batch.Height, batch.Width, detector.Device), maps => observer?.Forwarded(batch, maps));
            observer?.Spent(ValidationStage.Forward);
            var found = detector.Suppress(decoded);
            observer?.Found(batch, found);
            PixelLabel[][] boxes = [.. found.Select((kept, i) => Original(kept, batch.Mappings[i]))];
            observer?.Spent(ValidationStage.Suppression);
            for (var i = 0; i < found.Length; i++)
            {
                var image = dataset.Images[batch.ImageIndices[i]];
                double[] scores = [.. found[i].Select(box => (double)box.Score)];
                foreach (var (box, score) in boxes[i].Zip(scores))
                {
                    detections.Add(new CocoDetection(image.Id, dataset.CategoryIds[box.ClassIndex], new CocoBox(box.Left, box.Top, box.Width, box.Height), score));
                }

                each(image, boxes[i], scores);
            }

            observer?.Spent(ValidationStage.Evaluation);
            observer?.Finished(found.Length);
        }

        return detections;
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
}
