using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cawb.Coco;
using Cawb.Reports.Charts;

namespace Cawb.Cli.Commands;

/// <summary>What <c>cawb coco-eval</c> shows: lines and a table, the same as JSON, and curves.</summary>
internal static class CocoEvalReport
{
    private const int LongestName = 24;

    // A line each; more would hide one another.
    private static readonly int[] DrawnThresholds = [0, 3, 5, 7, 9];

    /// <summary>The twelve lines, a table of the classes, AP at each overlap, and what was taken for what.</summary>
    public static string Text(CocoEvaluation evaluation, CocoDataset truth, CocoConfusionMatrix confusion, double minScore)
    {
        var text = new StringBuilder();
        foreach (var line in CocoSummary.Lines(evaluation))
        {
            text.Append(line).Append('\n');
        }

        if (evaluation.Categories.Count == 0)
        {
            return text.ToString();
        }

        var things = CountThings(truth);
        var width = Math.Clamp(evaluation.Categories.Max(category => category.Category.Name.Length), "class".Length, LongestName);
        text.Append(CultureInfo.InvariantCulture, $"\n{"class".PadRight(width)} {"things",8} {"AP",6} {"AP50",6} {"AP75",6} {"small",6} {"medium",6} {"large",6} {"AR100",6}\n");
        foreach (var category in evaluation.Categories)
        {
            var name = category.Category.Name;
            name = name.Length > width ? name[..(width - 1)] + "…" : name;
            text.Append(CultureInfo.InvariantCulture, $"{name.PadRight(width)} {things.GetValueOrDefault(category.Category.Id),8}");
            foreach (var value in (ReadOnlySpan<double>)
                [
                    category.AveragePrecision, category.AveragePrecision50, category.AveragePrecision75, category.AveragePrecisionSmall,
                    category.AveragePrecisionMedium, category.AveragePrecisionLarge, category.AverageRecall100,
                ])
            {
                text.Append(' ').Append((value < 0 ? "-" : value.ToString("F3", CultureInfo.InvariantCulture)).PadLeft(6));
            }

            text.Append('\n');
        }

        text.Append(CultureInfo.InvariantCulture, $"\n{"IoU",-4}");
        foreach (var threshold in CocoEvaluation.IouThresholds)
        {
            text.Append(CultureInfo.InvariantCulture, $" {threshold,6:F2}");
        }

        text.Append(CultureInfo.InvariantCulture, $"\n{"AP",-4}");
        for (var i = 0; i < CocoEvaluation.IouThresholds.Length; i++)
        {
            text.Append(' ').Append(evaluation.AveragePrecisionAt(i) is >= 0 and var value ? value.ToString("F3", CultureInfo.InvariantCulture).PadLeft(6) : "     -");
        }

        return text.Append("\n\n").Append(ConfusionReport.Text(confusion, minScore)).Append('\n').ToString();
    }

    /// <summary>Every number, unrounded; -1 where there was nothing to find.</summary>
    public static string Json(CocoEvaluation evaluation, CocoDataset truth, CocoDetections found, CocoConfusionMatrix confusion, double minScore)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteNumber("images", truth.Images.Count);
            json.WriteNumber("annotations", truth.Annotations.Count);
            json.WriteNumber("detections", found.Count);
            json.WriteNumber("averagePrecision", evaluation.AveragePrecision);
            json.WriteNumber("averagePrecision50", evaluation.AveragePrecision50);
            json.WriteNumber("averagePrecision75", evaluation.AveragePrecision75);
            json.WriteNumber("averagePrecisionSmall", evaluation.AveragePrecisionSmall);
            json.WriteNumber("averagePrecisionMedium", evaluation.AveragePrecisionMedium);
            json.WriteNumber("averagePrecisionLarge", evaluation.AveragePrecisionLarge);
            json.WriteNumber("averageRecall1", evaluation.AverageRecall1);
            json.WriteNumber("averageRecall10", evaluation.AverageRecall10);
            json.WriteNumber("averageRecall100", evaluation.AverageRecall100);
            json.WriteNumber("averageRecallSmall", evaluation.AverageRecallSmall);
            json.WriteNumber("averageRecallMedium", evaluation.AverageRecallMedium);
            json.WriteNumber("averageRecallLarge", evaluation.AverageRecallLarge);
            Write(json, "iouThresholds", CocoEvaluation.IouThresholds);
            Write(json, "recallThresholds", CocoEvaluation.RecallThresholds);
            Write(json, "averagePrecisionPerIou", [.. Enumerable.Range(0, CocoEvaluation.IouThresholds.Length).Select(evaluation.AveragePrecisionAt)]);
            ConfusionReport.Write(json, confusion, minScore);
            json.WriteStartArray("categories");
            foreach (var category in evaluation.Categories)
            {
                Write(json, category);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length) + "\n";
    }

    /// <summary>Precision over recall at five overlaps.</summary>
    /// <param name="evaluation">The numbers.</param>
    /// <param name="drawn">The classes whose mean is drawn; where there are none, the curves lie at 0.</param>
    /// <param name="className">For the title; empty for all.</param>
    public static Chart Curves(CocoEvaluation evaluation, IReadOnlyList<CocoCategoryEvaluation> drawn, string className)
    {
        var series = Array.ConvertAll(DrawnThresholds, iouIndex =>
        {
            var mean = new double[CocoEvaluation.RecallThresholds.Length];
            foreach (var category in drawn)
            {
                var curve = category.PrecisionRecallCurve(iouIndex);
                for (var i = 0; i < mean.Length; i++)
                {
                    mean[i] += curve[i] / drawn.Count;
                }
            }

            return ChartSeries.Line(string.Create(CultureInfo.InvariantCulture, $"IoU {CocoEvaluation.IouThresholds[iouIndex]:F2}"), CocoEvaluation.RecallThresholds, mean);
        });
        var title = className.Length > 0 ? $"Precision over recall: {className}"
            : drawn.Count == evaluation.Categories.Count ? string.Create(CultureInfo.InvariantCulture, $"Precision over recall: mean of {drawn.Count} classes")
            : string.Create(CultureInfo.InvariantCulture, $"Precision over recall: mean of {drawn.Count} of {evaluation.Categories.Count} classes");
        return new Chart(title, ChartAxis.Linear("recall").WithRange(0, 1), ChartAxis.Linear("precision").WithRange(0, 1), series);
    }

    private static void Write(Utf8JsonWriter json, CocoCategoryEvaluation category)
    {
        json.WriteStartObject();
        json.WriteNumber("id", category.Category.Id);
        json.WriteString("name", category.Category.Name);
        json.WriteNumber("averagePrecision", category.AveragePrecision);
        json.WriteNumber("averagePrecision50", category.AveragePrecision50);
        json.WriteNumber("averagePrecision75", category.AveragePrecision75);
        json.WriteNumber("averagePrecisionSmall", category.AveragePrecisionSmall);
        json.WriteNumber("averagePrecisionMedium", category.AveragePrecisionMedium);
        json.WriteNumber("averagePrecisionLarge", category.AveragePrecisionLarge);
        json.WriteNumber("averageRecall100", category.AverageRecall100);
        var perIou = new double[CocoEvaluation.IouThresholds.Length];
        for (var i = 0; i < perIou.Length; i++)
        {
            perIou[i] = category.AveragePrecisionAt(i);
        }

        Write(json, "averagePrecisionPerIou", perIou);
        Write(json, "recallPerIou", category.RecallPerIou);
        Write(json, "precisionAtIou50", category.PrecisionRecallCurve(0));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, ReadOnlySpan<double> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
    }

    /// <summary>Annotations that are no crowds, by category.</summary>
    private static Dictionary<long, int> CountThings(CocoDataset truth)
    {
        var counts = new Dictionary<long, int>();
        foreach (var annotation in truth.Annotations)
        {
            if (!annotation.IsCrowd)
            {
                counts[annotation.CategoryId] = counts.GetValueOrDefault(annotation.CategoryId) + 1;
            }
        }

        return counts;
    }
}
