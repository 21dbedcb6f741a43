using System.Globalization;
using System.Text;
using Cawb.Training.Runs;

namespace Cawb.Training.Pictures;

/// <summary>The numbers of a run under the names that YOLOv5 gives them in <c>results.csv</c> and in TensorBoard, epochs from 0 on.</summary>
/// <remarks>Precision, recall and mAP are by YOLOv5's own rule; <c>metrics.csv</c> has COCO's AP beside them.</remarks>
public static class YoloResults
{
    /// <summary>The name in YOLOv5, and the column of <c>metrics.csv</c>.</summary>
    public static IReadOnlyList<(string Name, string Column)> Columns { get; } =
    [
        ("train/box_loss", MetricNames.BoxLoss),
        ("train/obj_loss", MetricNames.ObjectnessLoss),
        ("train/cls_loss", MetricNames.ClassLoss),
        ("metrics/precision", MetricNames.Precision),
        ("metrics/recall", MetricNames.Recall),
        ("metrics/mAP_0.5", MetricNames.Yolov5AveragePrecision50),
        ("metrics/mAP_0.5:0.95", MetricNames.Yolov5AveragePrecision),
        ("val/box_loss", MetricNames.ValidationBoxLoss),
        ("val/obj_loss", MetricNames.ValidationObjectnessLoss),
        ("val/cls_loss", MetricNames.ValidationClassLoss),
        ("x/lr0", MetricNames.BiasLearningRate),
        ("x/lr1", MetricNames.LearningRate),
        ("x/lr2", MetricNames.ScaleLearningRate),
    ];

    /// <summary>All rows as <c>results.csv</c>, with a line of names.</summary>
    /// <param name="metrics">With all columns.</param>
    public static string Csv(MetricsTable metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        var csv = new StringBuilder("epoch,").AppendJoin(',', Columns.Select(column => column.Name)).Append('\n');
        var values = Columns.Select(column => metrics.Column(column.Column)).ToArray();
        for (var epoch = 0; epoch < metrics.RowCount; epoch++)
        {
            csv.Append(CultureInfo.InvariantCulture, $"{epoch}");
            foreach (var value in values)
            {
                csv.Append(CultureInfo.InvariantCulture, $",{value[epoch]:R}");
            }

            csv.Append('\n');
        }

        return csv.ToString();
    }
}
