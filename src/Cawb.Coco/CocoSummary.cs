using System.Globalization;

namespace Cawb.Coco;

/// <summary>The twelve lines that users of COCO's own tool know by heart.</summary>
public static class CocoSummary
{
    /// <summary>Twelve lines in the tool's form and order, three decimals, -1.000 where there was nothing to find.</summary>
    /// <param name="evaluation">The numbers.</param>
    /// <returns>Lines without line breaks.</returns>
    public static IReadOnlyList<string> Lines(CocoEvaluation evaluation) =>
    [
        Line(isPrecision: true, "0.50:0.95", "all", 100, evaluation.AveragePrecision),
        Line(isPrecision: true, "0.50", "all", 100, evaluation.AveragePrecision50),
        Line(isPrecision: true, "0.75", "all", 100, evaluation.AveragePrecision75),
        Line(isPrecision: true, "0.50:0.95", "small", 100, evaluation.AveragePrecisionSmall),
        Line(isPrecision: true, "0.50:0.95", "medium", 100, evaluation.AveragePrecisionMedium),
        Line(isPrecision: true, "0.50:0.95", "large", 100, evaluation.AveragePrecisionLarge),
        Line(isPrecision: false, "0.50:0.95", "all", 1, evaluation.AverageRecall1),
        Line(isPrecision: false, "0.50:0.95", "all", 10, evaluation.AverageRecall10),
        Line(isPrecision: false, "0.50:0.95", "all", 100, evaluation.AverageRecall100),
        Line(isPrecision: false, "0.50:0.95", "small", 100, evaluation.AverageRecallSmall),
        Line(isPrecision: false, "0.50:0.95", "medium", 100, evaluation.AverageRecallMedium),
        Line(isPrecision: false, "0.50:0.95", "large", 100, evaluation.AverageRecallLarge),
    ];

    private static string Line(bool isPrecision, string overlap, string area, int maxDetections, double value) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $" {(isPrecision ? "Average Precision" : "Average Recall"),-18} {(isPrecision ? "(AP)" : "(AR)")} @[ IoU={overlap,-9} | area={area,6} | maxDets={maxDetections,3} ] = {value:F3}");
}
