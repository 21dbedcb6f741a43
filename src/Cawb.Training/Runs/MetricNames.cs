namespace Cawb.Training.Runs;

/// <summary>Columns of <c>metrics.csv</c>.</summary>
public static class MetricNames
{
    /// <summary>Number of the epoch, from 1 on.</summary>
    public const string Epoch = "epoch";

    /// <summary>Of kernels, in the epoch's last batch.</summary>
    public const string LearningRate = "learning_rate";

    /// <summary>Mean over the training batches, after its gain.</summary>
    public const string BoxLoss = "box_loss";

    /// <summary>Mean over the training batches, after its gain.</summary>
    public const string ObjectnessLoss = "objectness_loss";

    /// <summary>Mean over the training batches, after its gain.</summary>
    public const string ClassLoss = "class_loss";

    /// <summary>AP over IoU 0.50 to 0.95, 0 to 1.</summary>
    public const string AveragePrecision = "ap";

    /// <summary>AP at IoU 0.50, 0 to 1.</summary>
    public const string AveragePrecision50 = "ap50";

    /// <summary>AP at IoU 0.75, 0 to 1.</summary>
    public const string AveragePrecision75 = "ap75";

    /// <summary>Mean over the validation batches, after its gain.</summary>
    public const string ValidationBoxLoss = "validation_box_loss";

    /// <summary>Mean over the validation batches, after its gain.</summary>
    public const string ValidationObjectnessLoss = "validation_objectness_loss";

    /// <summary>Mean over the validation batches, after its gain.</summary>
    public const string ValidationClassLoss = "validation_class_loss";

    /// <summary>By YOLOv5's own rule, at the confidence of the highest mean F1.</summary>
    public const string Precision = "precision";

    /// <summary>By YOLOv5's own rule, at the confidence of the highest mean F1.</summary>
    public const string Recall = "recall";

    /// <summary>mAP at IoU 0.50 by YOLOv5's own rule.</summary>
    public const string Yolov5AveragePrecision50 = "yolov5_ap50";

    /// <summary>mAP at IoU 0.50 to 0.95 by YOLOv5's own rule.</summary>
    public const string Yolov5AveragePrecision = "yolov5_ap";

    /// <summary>Of biases, in the epoch's last batch.</summary>
    public const string BiasLearningRate = "bias_learning_rate";

    /// <summary>Of the scales of normalisations, in the epoch's last batch.</summary>
    public const string ScaleLearningRate = "scale_learning_rate";

    /// <summary>The terms of the training loss, whose sum is what is trained; those that a run records.</summary>
    /// <param name="columns">Of a run.</param>
    public static IReadOnlyList<string> TrainingLosses(MetricsColumns columns) => Recorded(columns, BoxLoss, ObjectnessLoss, ClassLoss);

    /// <summary>The terms of the loss on the validation images; those that a run records.</summary>
    /// <param name="columns">Of a run.</param>
    public static IReadOnlyList<string> ValidationLosses(MetricsColumns columns) => Recorded(columns, ValidationBoxLoss, ValidationObjectnessLoss, ValidationClassLoss);

    private static string[] Recorded(MetricsColumns columns, params ReadOnlySpan<string> names)
    {
        ArgumentNullException.ThrowIfNull(columns);
        return [.. names.ToArray().Where(columns.Values.Contains)];
    }
}
