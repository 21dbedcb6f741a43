using Cawb.Coco;

namespace Cawb.Detection.Evaluation;

/// <summary>What a validation found.</summary>
/// <param name="Coco">By COCO's rules.</param>
/// <param name="Yolo">By YOLOv5's own.</param>
/// <param name="Detections">Every box, in pixels of the original images, under the ids of the data set.</param>
public sealed record ValidationOutcome(CocoEvaluation Coco, YoloEvaluation Yolo, CocoDetections Detections);
