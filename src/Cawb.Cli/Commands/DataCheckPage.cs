using System.Globalization;
using Cawb.Detection.Data;
using Cawb.Reports.Charts;
using Cawb.Reports.Pages;
using Cawb.Reports.Tables;
using Cawb.Training.Pictures;

namespace Cawb.Cli.Commands;

/// <summary>The page of <c>cawb data check --html</c>: the numbers, with the plot of labels that a run has, and box sizes in pixels.</summary>
internal static class DataCheckPage
{
    // Bins of box sizes: four to each doubling.
    private const int BinsPerDoubling = 4;

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
            foreach (var part in new[] { report.Training, report.Validation }.Where(part => part.Instances > 0))
            {
                page.AddHeading(2, $"Labels of {part.Part}");
                page.AddDrawing($"{part.Part}.svg", LabelsPicture.Of(part));
            }

            page.AddHeading(2, "Instances per class");
            page.AddTable(DataCheckReport.Classes(report, int.MaxValue));
            page.AddHeading(2, "Box sizes");
            page.AddChart("sizes.svg", Sizes(report));
            page.AddParagraph("Sizes are the root of a box's area in pixels of the original image. Small is below 32, large 96 and above, as in COCO.");
            page.AddTable(DataCheckReport.Sizes(report));
        }

        return page.ToHtml($"Data check: {data}");
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

    private static int Bin(double side) => (int)Math.Floor(Math.Log2(side) * BinsPerDoubling);

    private static double Edge(int bin) => Math.Pow(2, (double)bin / BinsPerDoubling);
}
