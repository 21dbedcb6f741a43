using System.Globalization;
using Cawb.Detection.Evaluation;
using Cawb.Reports.Charts;
using Cawb.Reports.Drawings;

namespace Cawb.Training.Pictures;

/// <summary>Precision over recall, and F1, precision and recall over confidence, at IoU 0.50, by YOLOv5's own rule: the mean of all classes among the classes.</summary>
public static class ConfidenceCurves
{
    // More lines than these hide one another: a band stands for them then.
    private const int MostLines = 16;
    private const double BandFrom = 0.1;
    private const double BandTo = 0.9;
    private static readonly ChartSize Size = new(800, 500);

    /// <summary>Each picture with its name.</summary>
    /// <param name="evaluation">The curves.</param>
    /// <param name="names">By class index.</param>
    /// <param name="what">Whose they are, to follow the title.</param>
    public static IEnumerable<(string Name, Drawing Drawing)> Of(YoloEvaluation evaluation, IReadOnlyList<string> names, string what)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        var counting = evaluation.Classes.Where(one => one.Labels > 0).ToArray();
        var labels = ClassLabel.Of(names);
        var f1 = YoloCurves.Mean([.. counting.Select(one => one.Curves)], curves => curves.F1);
        var best = Array.IndexOf(f1, f1.Max());
        string Text(FormattableString text) => FormattableString.Invariant(text);

        yield return (PictureNames.PrecisionRecall, Draw(
            Text($"Precision over recall, IoU 0.50{what}"), "recall", "precision", Text($"all classes, mAP50 {evaluation.AveragePrecision50:0.000}"),
            curves => curves.PrecisionOverRecall, one => one.AveragePrecision50));
        yield return (PictureNames.F1, Draw(
            Text($"F1 over confidence{what}"), "confidence", "F1", Text($"all classes, {f1[best]:0.00} at {YoloCurves.Positions[best]:0.000}"), curves => curves.F1, _ => double.NaN));
        yield return (PictureNames.Precision, Draw(Text($"Precision over confidence{what}"), "confidence", "precision", "all classes", curves => curves.Precision, _ => double.NaN));
        yield return (PictureNames.Recall, Draw(Text($"Recall over confidence{what}"), "confidence", "recall", "all classes", curves => curves.Recall, _ => double.NaN));

        Drawing Draw(string title, string x, string y, string all, Func<YoloCurves, IReadOnlyList<double>> curve, Func<YoloClassEvaluation, double> figure)
        {
            var positions = YoloCurves.Positions.ToArray();
            var mean = ChartSeries.Line(all, positions, YoloCurves.Mean([.. counting.Select(one => one.Curves)], curve)).Strong();
            ChartSeries[] series = counting.Length > MostLines
                ? [mean.WithBand(Quantile(BandFrom), Quantile(BandTo))]
                : [mean, .. counting.Length > 1 ? counting.Select(one => ChartSeries.Line(Legend(one), positions, [.. curve(one.Curves)])) : []];
            var shown = counting.Length > MostLines ? string.Create(CultureInfo.InvariantCulture, $"{title}: {all}, and the middle 80 % of {counting.Length} classes") : series.Length == 1 ? $"{title}: {all}" : title;
            return new ChartDrawing(new Chart(shown, ChartAxis.Linear(x).WithRange(0, 1), ChartAxis.Linear(y).WithRange(0, 1), series), Size);

            double[] Quantile(double share) => [.. Enumerable.Range(0, positions.Length).Select(i => counting.Select(one => curve(one.Curves)[i]).Order().ElementAt((int)Math.Round(share * (counting.Length - 1))))];

            // Two classes may have one name; a legend may not.
            string Legend(YoloClassEvaluation one)
            {
                var own = labels[one.ClassIndex];
                var name = own == all || counting.Count(other => labels[other.ClassIndex] == own) > 1 ? string.Create(CultureInfo.InvariantCulture, $"{own} ({one.ClassIndex})") : own;
                return figure(one) is var value && double.IsNaN(value) ? name : string.Create(CultureInfo.InvariantCulture, $"{name} {value:0.000}");
            }
        }
    }
}
