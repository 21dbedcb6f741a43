using System.Globalization;
using Cawb.Detection.Data;
using Cawb.Reports.Charts;
using Cawb.Reports.Pages;
using Cawb.Reports.Tables;

namespace Cawb.Cli.Commands;

/// <summary>The page of <c>cawb data check --html</c>: the numbers, and charts of class counts, box sizes and box shapes.</summary>
internal static class DataCheckPage
{
    // A chart of more rows is longer than anybody looks at; the table below it has them all.
    private const int MostRows = 40;

    // Bins of box sizes: four to each doubling.
    private const int BinsPerDoubling = 4;

    // Dots lie on one another long before.
    private const int MostDots = 20_000;

    /// <summary>The whole page.</summary>
    /// <param name="report">Of the check.</param>
    /// <param name="data">The data set as it was typed.</param>
    public static string Of(DatasetReport report, string data)
    {
        var page = new ReportPage();
        page.AddHeading(1, $"Data check: {data}");
        page.AddParagraph($"{DataCheckReport.Verdict(report)} {DataCheckReport.Counts(report)}.");
        if (report.Problems.Count > 0)
        {
            var table = new TextTable("<problem", "count", "<first");
            foreach (var group in DataCheckReport.WorstFirst(report))
            {
                table.Add($"{group.Severity}: {group.Title}", group.Count.ToString(CultureInfo.InvariantCulture), $"{group.Examples[0].Path}: {group.Examples[0].Text}");
            }

            page.AddTable(table);
        }

        if (report.Training.Instances + report.Validation.Instances > 0)
        {
            page.AddHeading(2, "Instances per class");
            page.AddChart("classes.svg", Classes(report));
            page.AddTable(DataCheckReport.Classes(report, int.MaxValue));
            page.AddHeading(2, "Box sizes");
            page.AddChart("sizes.svg", Sizes(report));
            page.AddParagraph("Sizes are the root of a box's area in pixels of the original image. Small is below 32, large 96 and above, as in COCO.");
            page.AddTable(DataCheckReport.Sizes(report));
            page.AddHeading(2, "Box shapes");
            page.AddChart("shapes.svg", Shapes(report));
        }

        return page.ToHtml($"Data check: {data}");
    }

    private static IntervalChart Classes(DatasetReport report)
    {
        var rows = report.Training.Classes.Zip(report.Validation.Classes, (training, validation) => (training.Name, Train: training.Instances, Val: validation.Instances))
            .OrderByDescending(row => row.Train).ThenByDescending(row => row.Val).Take(MostRows)
            .Select(row => new IntervalRow(Shown(row.Name), row.Train, 0, row.Train, [row.Val]));
        var title = report.ClassNames.Count > MostRows ? $"Instances of the {MostRows} most frequent of {report.ClassNames.Count} classes" : "Instances of each class";
        return new IntervalChart(title, "instances: train (line), val (small dot)", rows, hasZeroLine: true);
    }

    private static Chart Sizes(DatasetReport report)
    {
        double[] all = [.. report.Training.Sides, .. report.Validation.Sides];
        var (first, last) = (Bin(all.Min()), Bin(all.Max()) + 1);
        double[] edges = [.. Enumerable.Range(first, last - first + 1).Select(Edge)];
        ChartSeries[] series =
        [
            .. new[] { ("train", report.Training.Sides), ("val", report.Validation.Sides) }.Where(part => part.Item2.Count > 0).Select(part =>
            {
                var counts = new double[edges.Length];
                foreach (var side in part.Item2)
                {
                    counts[Bin(side) - first] += 100.0 / part.Item2.Count;
                }

                return ChartSeries.Steps(part.Item1, edges, counts);
            }),
        ];
        return new Chart("Box sizes", ChartAxis.Logarithmic("root of the box's area, pixels").WithRange(edges[0], edges[^1]), ChartAxis.Linear("% of the boxes"), series);
    }

    private static Chart Shapes(DatasetReport report)
    {
        ChartSeries[] series =
        [
            .. new[] { ("train", report.Training), ("val", report.Validation) }.Where(part => part.Item2.Instances > 0).Select(part =>
            {
                // Every n-th box where there are too many, so that the same data give the same picture.
                var stride = (part.Item2.Instances + MostDots - 1) / MostDots;
                var shapes = part.Item2.Widths.Zip(part.Item2.Heights).Where((_, i) => i % stride == 0).OrderBy(shape => shape.First).ToArray();
                return ChartSeries.Points(part.Item1, Array.ConvertAll(shapes, shape => shape.First), Array.ConvertAll(shapes, shape => shape.Second));
            }),
        ];
        return new Chart("Width and height of each box", ChartAxis.Linear("fraction of the image's width").WithRange(0, 1), ChartAxis.Linear("fraction of the image's height").WithRange(0, 1), series);
    }

    private static string Shown(string name) =>
        string.IsNullOrWhiteSpace(name) ? "(no name)" : string.Concat(name.Select(letter => char.IsControl(letter) || letter >= '\uFFFE' ? '\uFFFD' : letter));

    private static int Bin(double side) => (int)Math.Floor(Math.Log2(side) * BinsPerDoubling);

    private static double Edge(int bin) => Math.Pow(2, (double)bin / BinsPerDoubling);
}
